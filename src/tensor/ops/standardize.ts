/**
 * Zero mean and unit variance, the core of layer and group normalisation.
 *
 * @module
 */
import { tf } from "../backend.ts";

/** (x − mean) / √(var + eps) over `axes`, with the biased variance. */
export function standardize(x: tf.Tensor, axes: number[], eps: number): tf.Tensor {
  const { mean, variance } = tf.moments(x, axes, true);
  return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, eps)));
}
