/**
 * A value that a gradient does not pass.
 *
 * @module
 */
import { tf } from "../backend.ts";

/** x, with derivative 0. */
export const stopGradient = tf.customGrad((x: tf.Tensor | tf.GradSaveFunc) => ({
  value: tf.clone(x as tf.Tensor),
  gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy),
})) as (x: tf.Tensor) => tf.Tensor;
