/**
 * The Gaussian error linear unit in its exact form, x Φ(x).
 *
 * @module
 */
import { tf } from "../backend.ts";

/** gelu(x) = x (1 + erf(x / √2)) / 2, element by element. */
export function gelu(x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
}
