/**
 * How a chain of chunks goes from noise to an action: the Gaussian of each reverse step.
 *
 * @module
 */
import { tf } from "../tensor/backend.ts";
import type { Floats } from "../tensor/tensor.ts";

/**
 * DDPM or DDIM. Sampling indices count the reverse steps, noisiest first. `index` names the step of each row of x
 * [rows, H · Da], or one step for all rows. `eta` scales DDIM's noise, [rows, 1] or [rows, H · Da]; without it
 * DDIM has none.
 */
export interface ReverseProcess {
  /** Diffusion step of each sampling index. */
  readonly steps: Int32Array;
  /** The mean of what follows x, given the network's prediction for x; both [rows, H · Da]. */
  mean(
    x: tf.Tensor,
    prediction: tf.Tensor,
    index: ArrayLike<number>,
    eta?: tf.Tensor,
  ): tf.Tensor;
  /** Its standard deviation before any floor; broadcasts to [rows, H · Da]. */
  std(index: ArrayLike<number>, eta?: tf.Tensor): tf.Tensor;
  /** The standard deviation of the noise that a deterministic sampler still adds, per sampling index. */
  readonly deterministicStd: Floats;
}

/** What the network predicts and how its prediction is bounded, named as in the reference. */
export interface PredictionConfig {
  /** The network predicts the noise, else the clean chunk. */
  readonly predictEpsilon: boolean;
  /** Bound on the predicted clean chunk; null for none. */
  readonly denoisedClipValue: number | null;
  /** Bound on the noise, DDIM only; null for none. */
  readonly epsClipValue: number | null;
}

/** x within ± bound; x itself without a bound. */
export const clip = (x: tf.Tensor, bound: number | null): tf.Tensor =>
  bound === null ? x : tf.clipByValue(x, -bound, bound);
