/**
 * Networks that predict the noise in an action chunk.
 *
 * B is the batch, H the chunk length, Da the action size, To · Do the length of the observation history.
 *
 * @module
 */
import type { tf } from "../tensor/backend.ts";
import type { Nodes } from "../tensor/engine.ts";
import type { Network } from "./network.ts";

/**
 * A network of (x [B, H · Da], t [B], cond [B, To · Do]) → [B, H · Da]. Chunks are flat, sub-step by sub-step.
 *
 * `apply` is `predict` of the features of the step and of the observation. They can be computed once and reused:
 * the step's for a whole batch at the same step, the observation's for all steps of a chain.
 */
export interface Denoiser extends Network<[x: tf.Tensor, t: tf.Tensor, cond: tf.Tensor]> {
  readonly horizonSteps: number;
  readonly actionDim: number;
  readonly condDim: number;
  /** [n] diffusion steps → [n, Dt]. */
  timeFeatures(weights: Nodes, t: tf.Tensor): tf.Tensor;
  /** [B, To · Do] → [B, Dc]. */
  condFeatures(weights: Nodes, cond: tf.Tensor): tf.Tensor;
  /** x [B, H · Da] with features of as many rows → [B, H · Da]. */
  predict(weights: Nodes, x: tf.Tensor, time: tf.Tensor, cond: tf.Tensor): tf.Tensor;
}

/** A denoiser's parts; `apply` follows from them. */
export function denoiser(parts: Omit<Denoiser, "apply">): Denoiser {
  return {
    ...parts,
    apply: (weights, x, t, cond) =>
      parts.predict(weights, x, parts.timeFeatures(weights, t), parts.condFeatures(weights, cond)),
  };
}
