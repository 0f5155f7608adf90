/**
 * The forward process.
 *
 * @module
 */
import { tf } from "../tensor/backend.ts";
import type { NoiseSchedule } from "./cosine_schedule.ts";
import { column } from "./column.ts";

/**
 * x_t = √ᾱ_t a + √(1 − ᾱ_t) ε for chunks a and noise ε, both [B, H · Da].
 *
 * @param t diffusion step of each row, or one step for all
 */
export function qSample(
  schedule: NoiseSchedule,
  chunk: tf.Tensor,
  noise: tf.Tensor,
  t: ArrayLike<number>,
): tf.Tensor {
  return tf.add(
    tf.mul(column(schedule.sqrtAlphasCumprod, t), chunk),
    tf.mul(column(schedule.sqrtOneMinusAlphasCumprod, t), noise),
  );
}
