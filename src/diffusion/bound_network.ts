/**
 * A denoiser with its weights, observations and steps already taken in.
 *
 * @module
 */
import { tf } from "../tensor/backend.ts";
import type { Nodes } from "../tensor/engine.ts";
import { repeatRows } from "../tensor/ops/rows.ts";
import type { Denoiser } from "../nn/denoiser.ts";
import { stepColumn } from "./column.ts";

/**
 * The network's prediction for a batch x [B, H · Da] that is all at sampling index i. The features of steps and
 * observations are computed here, once for the whole chain.
 */
export function boundNetwork(
  network: Denoiser,
  weights: Nodes,
  cond: tf.Tensor,
  steps: Int32Array,
): (x: tf.Tensor, i: number) => tf.Tensor {
  const batch = cond.shape[0], condFeatures = network.condFeatures(weights, cond);
  const time = repeatRows(network.timeFeatures(weights, stepColumn(steps)), batch);
  return (x, i) =>
    network.predict(weights, x, tf.slice(time, [i * batch, 0], [batch, -1]), condFeatures);
}
