/**
 * The sub-sampled steps of DDIM.
 *
 * @see Song et al. 2020, "Denoising diffusion implicit models"
 * @module
 */
import type { Floats } from "../tensor/tensor.ts";
import type { NoiseSchedule } from "./cosine_schedule.ts";

/** One entry per sampling index, noisiest step first. */
export interface DdimSchedule {
  /** Diffusion steps. */
  readonly t: Int32Array;
  /** a = ᾱ_t */
  readonly alphas: Floats;
  /** √a */
  readonly alphasSqrt: Floats;
  /** ᾱ of the next sampling index; 1 at the last */
  readonly alphasPrev: Floats;
  /** √(1 − a) */
  readonly sqrtOneMinusAlphas: Floats;
}

/**
 * Every ⌊K / M⌋-th of the K diffusion steps: i ⌊K / M⌋ for i = M − 1 … 0.
 *
 * @throws {RangeError} unless 1 ≤ ddimSteps ≤ K
 */
export function ddimSchedule(schedule: NoiseSchedule, ddimSteps: number): DdimSchedule {
  const { denoisingSteps, alphasCumprod } = schedule;
  if (!Number.isInteger(ddimSteps) || ddimSteps < 1 || ddimSteps > denoisingSteps) {
    throw new RangeError(
      `Cannot make schedule: ddimSteps must be an integer in [1, ${denoisingSteps}], found ${ddimSteps}`,
    );
  }
  const stride = Math.floor(denoisingSteps / ddimSteps);
  const t = Int32Array.from({ length: ddimSteps }, (_, i) => (ddimSteps - 1 - i) * stride);
  const alphas = Float32Array.from(t, (step) => alphasCumprod[step]);
  return {
    t,
    alphas,
    alphasSqrt: alphas.map(Math.sqrt),
    alphasPrev: alphas.map((_, i) => i === ddimSteps - 1 ? 1 : alphas[i + 1]),
    sqrtOneMinusAlphas: alphas.map((a) => Math.sqrt(Math.fround(1 - a))),
  };
}
