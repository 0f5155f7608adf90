/**
 * The reverse process of denoising diffusion implicit models, with a noise level η per observation.
 *
 *   x̂₀ = clip((x − √(1−a) ε̂) / √a),   ε = clip((x − √a x̂₀) / √(1−a))
 *   std = max(η √((1 − a′) / (1 − a) · (1 − a / a′)), 1e−10), or 0 without η
 *   mean = √a′ x̂₀ + √(max(0, 1 − a′ − std²)) ε
 *
 * with a = ᾱ at a sampling index and a′ at the next.
 *
 * @see Song et al. 2020, "Denoising diffusion implicit models", equations 12 and 16
 * @module
 */
import { tf } from "../tensor/backend.ts";
import type { Floats } from "../tensor/tensor.ts";
import { column } from "./column.ts";
import type { DdimSchedule } from "./ddim_schedule.ts";
import { clip, type PredictionConfig, type ReverseProcess } from "./reverse_process.ts";

const SMALLEST_STD = 1e-10;

/** Stands for 0 under a root, where a derivative would be infinite; it disappears in any sum. */
const TINY = 1e-20;

/**
 * The M sub-sampled steps.
 *
 * @throws {RangeError} unless the network predicts noise
 */
export function ddim(schedule: DdimSchedule, config: PredictionConfig): ReverseProcess {
  if (!config.predictEpsilon) {
    throw new RangeError("Cannot create ddim: predictEpsilon must be true, found false");
  }
  const { alphasSqrt, alphasPrev, sqrtOneMinusAlphas } = schedule;
  const alphasPrevSqrt = alphasPrev.map(Math.sqrt), onePrev = alphasPrev.map((a) => 1 - a);
  const unitStd = stdAtUnitEta(schedule);
  const std = (index: ArrayLike<number>, eta?: tf.Tensor): tf.Tensor =>
    eta === undefined
      ? tf.scalar(0)
      : tf.maximum(tf.mul(column(unitStd, index), eta), SMALLEST_STD);
  const direction = (index: ArrayLike<number>, eta?: tf.Tensor): tf.Tensor =>
    tf.sqrt(tf.maximum(tf.sub(column(onePrev, index), tf.square(std(index, eta))), TINY));
  return {
    steps: schedule.t,
    mean: (x, prediction, index, eta) => {
      const root = column(alphasSqrt, index), rest = column(sqrtOneMinusAlphas, index);
      const clean = clip(
        tf.div(tf.sub(x, tf.mul(rest, prediction)), root),
        config.denoisedClipValue,
      );
      const noise = clip(tf.div(tf.sub(x, tf.mul(root, clean)), rest), config.epsClipValue);
      return tf.add(
        tf.mul(column(alphasPrevSqrt, index), clean),
        tf.mul(direction(index, eta), noise),
      );
    },
    std,
    deterministicStd: new Float32Array(schedule.t.length),
  };
}

function stdAtUnitEta({ alphas, alphasPrev }: DdimSchedule): Floats {
  return alphas.map((a, i) => Math.sqrt((1 - alphasPrev[i]) / (1 - a) * (1 - a / alphasPrev[i])));
}
