/**
 * Networks of one tensor, one after another.
 *
 * @module
 */
import { tf } from "../tensor/backend.ts";
import type { Network } from "./network.ts";

/** The composition of `layers`, first layer first; their leaf names must already differ. */
export function sequential(...layers: readonly Network<[tf.Tensor]>[]): Network<[x: tf.Tensor]> {
  return {
    leaves: layers.flatMap((layer) => layer.leaves),
    apply: (weights, x) => layers.reduce((h, layer) => layer.apply(weights, h), x),
  };
}

/** x + f(x). */
export function residual(f: Network<[tf.Tensor]>): Network<[x: tf.Tensor]> {
  return { leaves: f.leaves, apply: (weights, x) => tf.add(x, f.apply(weights, x)) };
}
