/**
 * Scaling a whole gradient down to a given length.
 *
 * @module
 */
import { NonFiniteError, placeOf } from "../tensor/non_finite.ts";
import type { Params } from "../tensor/params.ts";
import type { GradientTransform } from "./optimizer.ts";
import { positive, requireSetting } from "./settings.ts";
import { zerosLike } from "./vectors.ts";

/**
 * The Euclidean length of all leaves together, √Σ g².
 *
 * @throws {NonFiniteError} when a gradient is not finite
 */
export function globalNorm(grads: Params): number {
  let sum = 0;
  for (let j = 0; j < grads.data.length; j++) sum += grads.data[j] * grads.data[j];
  if (!Number.isFinite(sum)) throw nonFiniteGradient(grads);
  return Math.sqrt(sum);
}

/**
 * g · min(1, maxNorm / (‖g‖ + 1e-6)), as `torch.nn.utils.clip_grad_norm_`.
 *
 * @throws {RangeError} when `maxNorm` is not a finite number > 0
 */
export function clipByGlobalNorm(maxNorm: number): GradientTransform {
  requireSetting("create clipByGlobalNorm", "maxNorm", positive, maxNorm);
  return (grads) => {
    const factor = maxNorm / (globalNorm(grads) + 1e-6);
    if (factor >= 1) return grads;
    const clipped = zerosLike(grads);
    for (let j = 0; j < grads.data.length; j++) clipped.data[j] = factor * grads.data[j];
    return clipped;
  };
}

function nonFiniteGradient({ layout, data }: Params): NonFiniteError {
  const j = data.findIndex((g) => !Number.isFinite(g));
  const [place, value] = j < 0 ? ["all leaves", Infinity] : [placeOf(layout, j), data[j]];
  return new NonFiniteError("clip by global norm", j < 0 ? "norm" : "gradient", place, value);
}
