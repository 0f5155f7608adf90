/**
 * A diffusion policy without its parameters: network, noise schedule, reverse process and bounds.
 *
 * @module
 */
import type { tf } from "../tensor/backend.ts";
import type { Denoiser } from "../nn/denoiser.ts";
import type { Network } from "../nn/network.ts";
import { cosineSchedule, type NoiseSchedule } from "./cosine_schedule.ts";
import { ddim } from "./ddim.ts";
import { ddimSchedule } from "./ddim_schedule.ts";
import { ddpm } from "./ddpm.ts";
import type { PredictionConfig, ReverseProcess } from "./reverse_process.ts";

/** Options, named as in the reference. */
export interface DiffusionConfig extends Partial<PredictionConfig> {
  readonly denoisingSteps: number;
  /** Sub-sampled steps of DDIM; DDPM when absent. */
  readonly ddimSteps?: number;
  /** Bound on each draw of noise but the first; 10. */
  readonly randnClipValue?: number;
  /** Bound on the finished chunk; null, none. */
  readonly finalActionClipValue?: number | null;
  /** Noise floor of exploration; 0.1. */
  readonly minSamplingDenoisingStd?: number;
  /** Floor of the standard deviation in log-probabilities; 0.1. */
  readonly minLogprobDenoisingStd?: number;
}

/** See {@link diffusionPolicy}. */
export interface DiffusionPolicy {
  readonly network: Denoiser;
  readonly schedule: NoiseSchedule;
  readonly process: ReverseProcess;
  /** DDIM's noise level of an observation, [B, To · Do] → [B, 1] or [B, Da]. */
  readonly eta?: Network<[cond: tf.Tensor]>;
  readonly predictEpsilon: boolean;
  readonly randnClipValue: number;
  readonly finalActionClipValue: number | null;
  readonly minSamplingDenoisingStd: number;
  readonly minLogprobDenoisingStd: number;
}

/** The policy with the reference's defaults: noise prediction, clean chunks bounded by 1. */
export function diffusionPolicy(
  network: Denoiser,
  config: DiffusionConfig,
  eta?: Network<[cond: tf.Tensor]>,
): DiffusionPolicy {
  const schedule = cosineSchedule(config.denoisingSteps);
  const prediction = {
    predictEpsilon: config.predictEpsilon ?? true,
    denoisedClipValue: config.denoisedClipValue === undefined ? 1 : config.denoisedClipValue,
    epsClipValue: config.epsClipValue ?? null,
  };
  return {
    network,
    schedule,
    process: config.ddimSteps === undefined
      ? ddpm(schedule, prediction)
      : ddim(ddimSchedule(schedule, config.ddimSteps), prediction),
    eta,
    predictEpsilon: prediction.predictEpsilon,
    randnClipValue: config.randnClipValue ?? 10,
    finalActionClipValue: config.finalActionClipValue ?? null,
    minSamplingDenoisingStd: config.minSamplingDenoisingStd ?? 0.1,
    minLogprobDenoisingStd: config.minLogprobDenoisingStd ?? 0.1,
  };
}

/** Numbers in a chunk, H · Da. */
export const chunkSize = ({ network }: DiffusionPolicy): number =>
  network.horizonSteps * network.actionDim;
