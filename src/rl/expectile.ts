/**
 * Expectile regression.
 *
 * @module
 */
import { tf } from "../tensor/backend.ts";

/**
 * mean |τ − 1[d ≤ 0]| d²: the squared error, weighted τ above and 1 − τ below.
 *
 * @param difference d = target − prediction, any shape
 * @see Kostrikov et al. 2022, eq. 5, https://arxiv.org/abs/2110.06169
 */
export function expectileLoss(difference: tf.Tensor, expectile: number): tf.Scalar {
  const above = tf.square(tf.relu(difference)), below = tf.square(tf.relu(tf.neg(difference)));
  return tf.mean(tf.add(tf.mul(above, expectile), tf.mul(below, 1 - expectile)));
}
