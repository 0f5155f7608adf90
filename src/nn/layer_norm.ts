/**
 * Layer normalisation.
 *
 * @module
 */
import { tf } from "../tensor/backend.ts";
import { standardize } from "../tensor/ops/standardize.ts";
import type { Network } from "./network.ts";

/** Standardises each row of [B, features], then scales and shifts; starts as scale 1, shift 0. */
export function layerNorm(features: number, eps = 1e-5): Network<[x: tf.Tensor]> {
  return {
    leaves: [
      { name: "weight", shape: [features], init: { constant: 1 } },
      { name: "bias", shape: [features], init: { constant: 0 } },
    ],
    apply: ({ weight, bias }, x) => {
      const standard = standardize(tf.reshape(x, [-1, 1, 1, features]), eps);
      return tf.add(tf.mul(tf.reshape(standard, x.shape), weight), bias);
    },
  };
}
