/**
 * Mish.
 *
 *   mish(x) = x tanh(ln(1 + eˣ)) = x r(x),  r = n / (n + 2),  n = eˣ (eˣ + 2)
 *   mish′(x) = r + x r′,                    r′ = 4 eˣ (eˣ + 1) / (n + 2)²
 *
 * Above 20 both r and mish′ are 1 in float32, so the exponent is capped there.
 *
 * @see Misra 2019, "Mish: a self regularized non-monotonic activation function"
 * @module
 */
import { tf } from "../backend.ts";

const CAP = 20;

/** mish(x), element by element. */
export const mish = tf.customGrad((x: tf.Tensor | tf.GradSaveFunc, save) => {
  (save as tf.GradSaveFunc)([x as tf.Tensor]);
  return {
    value: tf.mul(x as tf.Tensor, ratio(x as tf.Tensor)),
    gradFunc: (dy: tf.Tensor, [x]: tf.Tensor[]) => tf.mul(dy, derivative(x)),
  };
}) as (x: tf.Tensor) => tf.Tensor;

const exponential = (x: tf.Tensor): tf.Tensor => tf.exp(tf.minimum(x, CAP));

function ratio(x: tf.Tensor): tf.Tensor {
  const e = exponential(x), n = tf.mul(e, tf.add(e, 2));
  return tf.div(n, tf.add(n, 2));
}

function derivative(x: tf.Tensor): tf.Tensor {
  const e = exponential(x), m = tf.add(tf.mul(e, tf.add(e, 2)), 2);
  const slope = tf.div(tf.mul(tf.mul(e, tf.add(e, 1)), 4), tf.square(m));
  return tf.add(tf.sub(1, tf.div(2, m)), tf.mul(x, slope));
}
