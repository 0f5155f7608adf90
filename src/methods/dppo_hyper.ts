/**
 * Configuration of DPPO.
 *
 * @module
 */
import type { ClipSchedule } from "../rl/denoising_weights.ts";
import type { CriticHyper, Fidelity, MethodHyper } from "./hyper.ts";

/** Names are the reference's in camelCase. */
export interface DppoHyper extends MethodHyper, ClipSchedule {
  /** V */
  readonly critic: CriticHyper;
  /** F: the last denoising steps, which are trained. */
  readonly ftDenoisingSteps: number;
  /** Discount per denoising step. */
  readonly gammaDenoising: number;
  readonly gaeLambda: number;
  readonly rewardScaleRunning: boolean;
  readonly rewardScaleConst: number;
  /** Chunks of a minibatch. */
  readonly batchSize: number;
  readonly updateEpochs: number;
  /** Steps of a chunk whose log-probabilities count. */
  readonly rewardHorizon: number;
  readonly normAdv: boolean;
  readonly clipAdvantageLowerQuantile: number;
  readonly clipAdvantageUpperQuantile: number;
  /** Range of a value prediction around its old one; null for none. */
  readonly clipVlossCoef: number | null;
  readonly vfCoef: number;
  readonly entCoef: number;
  /** Weight of imitating chains of the frozen policy; 0 for none. */
  readonly bcLossCoeff: number;
  /** Mean divergence of a minibatch that ends an iteration's updates. */
  readonly targetKl: number;
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
