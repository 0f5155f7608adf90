/**
 * Configuration of DPPO.
 *
 * @module
 */
import type { ClipSchedule } from "../rl/denoising_weights.ts";
import type { CriticHyper, Fidelity, MethodHyper } from "./hyper.ts";

/** Names are the reference's in camelCase. */
export interface DppoHyper extends MethodHyper, ClipSchedule {
  /** V: the state value. */
  readonly critic: CriticHyper;
  /** F: the last denoising steps, which are trained. */
  readonly ftDenoisingSteps: number;
  /** Discount per denoising step, in [0, 1]: earlier, noisier steps count less. */
  readonly gammaDenoising: number;
  /** λ of generalised advantage estimation, in [0, 1]. */
  readonly gaeLambda: number;
  /** Divide rewards by the running deviation of their discounted sum. */
  readonly rewardScaleRunning: boolean;
  /** Factor on rewards, after that. */
  readonly rewardScaleConst: number;
  /** Chunks of a minibatch. */
  readonly batchSize: number;
  /** Passes over a rollout. */
  readonly updateEpochs: number;
  /** Steps of a chunk whose log-probabilities count. */
  readonly rewardHorizon: number;
  /** Give a minibatch's advantages mean 0 and deviation 1. */
  readonly normAdv: boolean;
  /** Quantile below which advantages are clipped; 0 for no clip. */
  readonly clipAdvantageLowerQuantile: number;
  /** Quantile above which advantages are clipped; 1 for no clip. */
  readonly clipAdvantageUpperQuantile: number;
  /** Range of a value prediction around its old one; null for none. */
  readonly clipVlossCoef: number | null;
  /** Weight of the value loss. */
  readonly vfCoef: number;
  /** Weight of the entropy bonus. */
  readonly entCoef: number;
  /** Weight of imitating chains of the frozen policy; 0 for none. */
  readonly bcLossCoeff: number;
  /** Mean divergence of a minibatch that ends an iteration's updates. */
  readonly targetKl: number;
  /** Which quirks are kept. */
  readonly fidelity: DppoFidelity;
}

/** Quirks of the reference that change results, by their number in the list of known quirks. */
export interface DppoFidelity {
  /** Q6, Q7: truncation neither ends the advantage sum nor bootstraps; corrected: it does both. */
  readonly truncation: Fidelity;
  /** Q11: the reward scaler discounts by 0.99 and divides by n − 1; corrected: by γ and n. */
  readonly rewardScaler: Fidelity;
  /** Q14: clamped log-probabilities are averaged over a chunk; corrected: the joint log-density, their sum. */
  readonly logProb: Fidelity;
}
