/**
 * The reverse process of denoising diffusion probabilistic models.
 *
 *   x̂₀ = clip(√(1/ᾱ) x − √(1/ᾱ − 1) ε̂),   mean = c₁ x̂₀ + c₂ x,   std = √β̃
 *
 * @see Ho et al. 2020, "Denoising diffusion probabilistic models"
 * @module
 */
import { tf } from "../tensor/backend.ts";
import { column } from "./column.ts";
import type { NoiseSchedule } from "./cosine_schedule.ts";
import { clip, type PredictionConfig, type ReverseProcess } from "./reverse_process.ts";

/** The standard deviation that a deterministic sampler does not go below before the last step. */
const DETERMINISTIC_FLOOR = 1e-3;

/** All K steps of the schedule, K − 1 first. */
export function ddpm(schedule: NoiseSchedule, config: PredictionConfig): ReverseProcess {
  const steps = Int32Array.from(
    schedule.betas as Float32Array,
    (_, i) => schedule.denoisingSteps - 1 - i,
  );
  // Vectors per sampling index instead of diffusion step.
  const p = schedule.sqrtRecipAlphasCumprod.toReversed();
  const q = schedule.sqrtRecipm1AlphasCumprod.toReversed();
  const coef1 = schedule.posteriorMeanCoef1.toReversed();
  const coef2 = schedule.posteriorMeanCoef2.toReversed();
  const std = schedule.posteriorLogVariance.toReversed().map((logVariance) =>
    Math.exp(0.5 * logVariance)
  );
  return {
    steps,
    mean: (x, prediction, index) => {
      const clean = config.predictEpsilon
        ? tf.sub(tf.mul(column(p, index), x), tf.mul(column(q, index), prediction))
        : prediction;
      const bounded = clip(clean, config.denoisedClipValue);
      return tf.add(tf.mul(column(coef1, index), bounded), tf.mul(column(coef2, index), x));
    },
    std: (index) => column(std, index),
    deterministicStd: std.map((s, i) => steps[i] === 0 ? 0 : Math.max(s, DETERMINISTIC_FLOOR)),
  };
}
