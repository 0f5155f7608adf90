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

const POSITIVE = [
  "denoisedClipValue",
  "epsClipValue",
  "randnClipValue",
  "finalActionClipValue",
  "minSamplingDenoisingStd",
  "minLogprobDenoisingStd",
] as const;

/**
 * The policy with the reference's defaults: noise prediction, clean chunks bounded by 1.
 *
 * @throws {RangeError} when a bound or standard deviation is not positive
 */
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
  for (const name of POSITIVE) {
    const value = config[name] ?? 1;
    if (!(value > 0)) {
      throw new RangeError(`Cannot create policy: ${name} must be positive, found ${value}`);
    }
  }
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

/**
 * A number of transitions, once it is known to be one the policy's chains have.
 *
 * @throws {RangeError} unless it is an integer in [1, M], M the number of reverse steps
 */
export function requireSteps(action: string, policy: DiffusionPolicy, count: number): number {
  const most = policy.process.steps.length;
  if (!Number.isInteger(count) || count < 1 || count > most) {
    throw new RangeError(
      `Cannot ${action}: denoising steps must be an integer in [1, ${most}], found ${count}`,
    );
  }
  return count;
}
