/**
 * Activations by their torch names.
 *
 * @module
 */
import { tf } from "../tensor/backend.ts";
import { gelu } from "../tensor/ops/gelu.ts";
import { mish } from "../tensor/ops/mish.ts";
import { relu } from "../tensor/ops/relu.ts";
import type { Network } from "./network.ts";

const activations = {
  ReLU: relu,
  ELU: (x: tf.Tensor): tf.Tensor => tf.elu(x),
  GELU: gelu,
  Tanh: (x: tf.Tensor): tf.Tensor => tf.tanh(x),
  Mish: mish,
  Softplus: (x: tf.Tensor): tf.Tensor => tf.softplus(x),
  Identity: (x: tf.Tensor): tf.Tensor => x,
} as const;

/** The names torch gives the activations of the reference. */
export type ActivationName = keyof typeof activations;

/**
 * The element-wise function of that name as a network without leaves.
 *
 * @throws {RangeError} for an unknown name
 */
export function activation(name: ActivationName): Network<[x: tf.Tensor]> {
  const f = activations[name];
  if (f === undefined) {
    throw new RangeError(
      `Cannot create activation: name must be one of ${Object.keys(activations)}, found ${name}`,
    );
  }
  return { leaves: [], apply: (_, x) => f(x) };
}
