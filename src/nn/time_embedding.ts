/**
 * What a denoising network knows of the diffusion step.
 *
 * @module
 */
import { tf } from "../tensor/backend.ts";
import { joinColumns } from "../tensor/ops/join_columns.ts";
import { activation } from "./activations.ts";
import { linearLayer } from "./linear_layer.ts";
import { type Network, prefixed } from "./network.ts";
import { sequential } from "./sequential.ts";

/**
 * Sinusoids of the step, [n] → [n, dim]:
 *
 *   [sin(t f_0) … sin(t f_{h−1}), cos(t f_0) … cos(t f_{h−1})],  f_j = 10000^(−j / (h − 1)),  h = dim / 2
 */
export function sinusoid(t: tf.Tensor, dim: number): tf.Tensor {
  const half = dim / 2;
  const frequencies = Array.from({ length: half }, (_, j) => 10000 ** (-j / (half - 1)));
  const phase = tf.mul(tf.reshape(t, [-1, 1]), tf.tensor2d(frequencies, [1, half]));
  return joinColumns(tf.sin(phase), tf.cos(phase));
}

/**
 * Sinusoids, Linear(dim → hidden), Mish, Linear(hidden → dim); from [n] to [n, dim]. Leaves are `1.*` and `3.*`, as the
 * reference's `Sequential` counts. The activation is Mish whatever the rest of the network uses.
 *
 * @throws {RangeError} unless dim is even and at least 4
 */
export function timeEmbedding(dim: number, hidden: number): Network<[t: tf.Tensor]> {
  if (!Number.isInteger(dim / 2) || dim < 4) {
    throw new RangeError(
      `Cannot create time embedding: dim must be even and at least 4, found ${dim}`,
    );
  }
  const layers = sequential(
    prefixed("1.", linearLayer(dim, hidden)),
    activation("Mish"),
    prefixed("3.", linearLayer(hidden, dim)),
  );
  return {
    leaves: layers.leaves,
    apply: (weights, t) => layers.apply(weights, sinusoid(t, dim)),
  };
}
