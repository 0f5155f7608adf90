/**
 * The supervised loss of diffusion policies.
 *
 * @module
 */
import { tf } from "../tensor/backend.ts";
import type { Nodes } from "../tensor/engine.ts";
import { stepColumn } from "./column.ts";
import type { DiffusionPolicy } from "./policy.ts";
import { qSample } from "./q_sample.ts";

/** Chunks [B, H · Da], their observations [B, To · Do] and noise [B, H · Da]. */
export interface LossBatch {
  readonly chunk: tf.Tensor;
  readonly cond: tf.Tensor;
  readonly noise: tf.Tensor;
}

/**
 * Squared errors of the network's prediction for x_t, [B, H · Da]: of the noise, or of the chunk where the network
 * predicts that.
 *
 * @param t diffusion step of each row
 */
export function denoisingErrors(
  policy: DiffusionPolicy,
  weights: Nodes,
  { chunk, cond, noise }: LossBatch,
  t: ArrayLike<number>,
): tf.Tensor {
  const noisy = qSample(policy.schedule, chunk, noise, t);
  const prediction = policy.network.apply(weights, noisy, stepColumn(t), cond);
  return tf.squaredDifference(prediction, policy.predictEpsilon ? noise : chunk);
}

/** The mean of {@link denoisingErrors} over all elements. */
export function bcLoss(
  policy: DiffusionPolicy,
  weights: Nodes,
  batch: LossBatch,
  t: ArrayLike<number>,
): tf.Tensor {
  return tf.mean(denoisingErrors(policy, weights, batch, t));
}
