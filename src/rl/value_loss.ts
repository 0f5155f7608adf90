/**
 * Squared errors of value predictions.
 *
 * @module
 */
import { tf } from "../tensor/backend.ts";

/**
 * ½ mean (V − G)²; with a clip range, ½ mean of the larger of that error and the error of
 * V_old + clamp(V − V_old, ± clip).
 *
 * @param value, target, oldValue [B]
 */
export function valueLoss(
  value: tf.Tensor,
  target: tf.Tensor,
  oldValue: tf.Tensor,
  clip: number | null,
): tf.Tensor {
  const error = tf.squaredDifference(value, target);
  if (clip === null) return tf.mul(tf.mean(error), 0.5);
  const bounded = tf.add(oldValue, tf.clipByValue(tf.sub(value, oldValue), -clip, clip));
  return tf.mul(tf.mean(tf.maximum(error, tf.squaredDifference(bounded, target))), 0.5);
}
