/**
 * The cosine noise schedule and the vectors that follow from it.
 *
 * @see Nichol and Dhariwal 2021, "Improved denoising diffusion probabilistic models"
 * @module
 */
import type { Floats } from "../tensor/tensor.ts";

/** One entry per diffusion step t = 0 … K − 1. Betas are rounded to float32 once; all else is float32 arithmetic. */
export interface NoiseSchedule {
  readonly denoisingSteps: number;
  /** β */
  readonly betas: Floats;
  /** α = 1 − β */
  readonly alphas: Floats;
  /** ᾱ_t = α_0 … α_t */
  readonly alphasCumprod: Floats;
  /** ᾱ_{t−1}, with ᾱ_{−1} = 1 */
  readonly alphasCumprodPrev: Floats;
  /** √ᾱ */
  readonly sqrtAlphasCumprod: Floats;
  /** √(1 − ᾱ) */
  readonly sqrtOneMinusAlphasCumprod: Floats;
  /** √(1 / ᾱ) */
  readonly sqrtRecipAlphasCumprod: Floats;
  /** √(1 / ᾱ − 1) */
  readonly sqrtRecipm1AlphasCumprod: Floats;
  /** β̃ = β (1 − ᾱ_{t−1}) / (1 − ᾱ_t), the variance of a reverse step */
  readonly posteriorVariance: Floats;
  /** ln max(β̃, 1e−20) */
  readonly posteriorLogVariance: Floats;
  /** β √ᾱ_{t−1} / (1 − ᾱ_t), the weight of the predicted chunk in the mean of a reverse step */
  readonly posteriorMeanCoef1: Floats;
  /** √α (1 − ᾱ_{t−1}) / (1 − ᾱ_t), the weight of x_t */
  readonly posteriorMeanCoef2: Floats;
}

const f = Math.fround;

/**
 * β_t = clip(1 − f(t + 1) / f(t), 0, 0.999) with f(i) = cos²((i / K + s) / (1 + s) · π / 2), s = 0.008.
 *
 * @throws {RangeError} unless the number of steps is a positive integer
 */
export function cosineSchedule(denoisingSteps: number): NoiseSchedule {
  if (!Number.isInteger(denoisingSteps) || denoisingSteps < 1) {
    throw new RangeError(
      `Cannot make schedule: denoisingSteps must be a positive integer, found ${denoisingSteps}`,
    );
  }
  return scheduleOf(cosineBetas(denoisingSteps));
}

function cosineBetas(steps: number): Float32Array {
  const s = 0.008;
  const level = (i: number) => Math.cos((i / steps + s) / (1 + s) * Math.PI / 2) ** 2;
  return Float32Array.from(
    { length: steps },
    (_, t) => Math.min(0.999, Math.max(0, 1 - level(t + 1) / level(t))),
  );
}

/** Every vector of the schedule with the given betas. */
function scheduleOf(betas: Floats): NoiseSchedule {
  const over = (g: (t: number) => number) =>
    Float32Array.from(betas as Float32Array, (_, t) => g(t));
  const alphas = over((t) => 1 - betas[t]);
  let product = 1;
  const cumprod = over((t) => product *= alphas[t]);
  const prev = over((t) => t === 0 ? 1 : cumprod[t - 1]);
  const rest = over((t) => 1 - cumprod[t]), restPrev = over((t) => 1 - prev[t]);
  const reciprocal = over((t) => 1 / cumprod[t]);
  const variance = over((t) => f(betas[t] * restPrev[t]) / rest[t]);
  return {
    denoisingSteps: betas.length,
    betas,
    alphas,
    alphasCumprod: cumprod,
    alphasCumprodPrev: prev,
    sqrtAlphasCumprod: over((t) => Math.sqrt(cumprod[t])),
    sqrtOneMinusAlphasCumprod: over((t) => Math.sqrt(rest[t])),
    sqrtRecipAlphasCumprod: over((t) => Math.sqrt(reciprocal[t])),
    sqrtRecipm1AlphasCumprod: over((t) => Math.sqrt(f(reciprocal[t] - 1))),
    posteriorVariance: variance,
    posteriorLogVariance: over((t) => Math.log(Math.max(variance[t], 1e-20))),
    posteriorMeanCoef1: over((t) => f(betas[t] * f(Math.sqrt(prev[t]))) / rest[t]),
    posteriorMeanCoef2: over((t) => f(restPrev[t] * f(Math.sqrt(alphas[t]))) / rest[t]),
  };
}
