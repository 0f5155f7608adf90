/**
 * How the policy-gradient objective treats the fine-tuned denoising steps j = 0 (noisiest) … F − 1.
 *
 * @see Ren et al. 2024, "Diffusion Policy Policy Optimization", https://arxiv.org/abs/2409.00588
 * @module
 */
import type { Floats } from "../tensor/tensor.ts";

/** Ends and curvature of the clip range over denoising steps. */
export interface ClipSchedule {
  readonly clipPlossCoef: number;
  readonly clipPlossCoefBase: number;
  readonly clipPlossCoefRate: number;
}

/**
 * The clip range of each step, growing from the noisiest to the last:
 *
 *   c_j = base + (coef − base) (e^{κu} − 1) / (e^κ − 1),   u = j / (F − 1);   coef where F = 1
 *
 * @returns [F]
 */
export function clipRanges(steps: number, schedule: ClipSchedule): Floats {
  const { clipPlossCoef, clipPlossCoefBase: base, clipPlossCoefRate: rate } = schedule;
  const progress = (j: number) => steps === 1 ? 1 : j / (steps - 1);
  return Float32Array.from(
    { length: steps },
    (_, j) => base + (clipPlossCoef - base) * Math.expm1(rate * progress(j)) / Math.expm1(rate),
  );
}

/** γ_denoise^(F − 1 − j): the last denoising step counts fully. */
export const denoisingDiscounts = (steps: number, gamma: number): Floats =>
  Float32Array.from({ length: steps }, (_, j) => gamma ** (steps - 1 - j));
