/**
 * The reverse process of denoising diffusion probabilistic models.
 *
 *   x̂₀ = clip(√(1/ᾱ) x − √(1/ᾱ − 1) ε̂),   mean = c₁ x̂₀ + c₂ x,   std = √β̃
 *
 * @see Ho et al. 2020, "Denoising diffusion probabilistic models"
 * @module
 */
import { posteriorMean } from "../tensor/ops/posterior_mean.ts";
import { column, picked } from "./column.ts";
import type { NoiseSchedule } from "./cosine_schedule.ts";
import type { PredictionConfig, ReverseProcess } from "./reverse_process.ts";

/** The standard deviation that a deterministic sampler does not go below before the last step. */
const DETERMINISTIC_FLOOR = 1e-3;

/** All K steps of the schedule, K − 1 first. */
export function ddpm(schedule: NoiseSchedule, config: PredictionConfig): ReverseProcess {
  const steps = Int32Array.from(
    schedule.betas as Float32Array,
    (_, i) => schedule.denoisingSteps - 1 - i,
  );
  // Vectors per sampling index instead of diffusion step. A network that predicts the clean chunk is x̂₀ itself.
  const { predictEpsilon, denoisedClipValue } = config;
  const p = schedule.sqrtRecipAlphasCumprod.toReversed().map((p) => predictEpsilon ? p : 0);
  const q = schedule.sqrtRecipm1AlphasCumprod.toReversed().map((q) => predictEpsilon ? q : -1);
  const c1 = schedule.posteriorMeanCoef1.toReversed();
  const c2 = schedule.posteriorMeanCoef2.toReversed();
  const std = schedule.posteriorLogVariance.toReversed().map((logVariance) =>
    Math.exp(0.5 * logVariance)
  );
  return {
    steps,
    mean: (x, prediction, index) =>
      posteriorMean(x, prediction, {
        p: picked(p, index),
        q: picked(q, index),
        c1: picked(c1, index),
        c2: picked(c2, index),
        bound: denoisedClipValue ?? Infinity,
      }),
    std: (index) => column(std, index),
    deterministicStd: std.map((s, i) => steps[i] === 0 ? 0 : Math.max(s, DETERMINISTIC_FLOOR)),
  };
}
