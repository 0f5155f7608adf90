/**
 * Copies of rows, with gradients that are one sum each (the stock gradient of `tile` adds slices one by one).
 *
 * @module
 */
import { tf } from "../backend.ts";

/** [n, d] → [times · n, d]: the whole block again and again, row r being row r mod n. */
export function tileRows(x: tf.Tensor, times: number): tf.Tensor {
  return times === 1 ? x : copies(x, [times, 1, 1], 0);
}

/** [n, d] → [n · times, d]: every row `times` times in a row, row r being row ⌊r / times⌋. */
export function repeatRows(x: tf.Tensor, times: number): tf.Tensor {
  return times === 1 ? x : copies(x, [1, times, 1], 1);
}

/** Tiles x, seen as [1, n, d] or [n, 1, d], along the axis of size 1. */
function copies(x: tf.Tensor, reps: number[], axis: 0 | 1): tf.Tensor {
  const [n, d] = x.shape, times = reps[axis];
  const seen = axis === 0 ? [1, n, d] : [n, 1, d];
  const apart = axis === 0 ? [times, n, d] : [n, times, d];
  return tf.customGrad((x: tf.Tensor | tf.GradSaveFunc) => ({
    value: tf.reshape(tf.tile(tf.reshape(x as tf.Tensor, seen), reps), [n * times, d]),
    gradFunc: (dy: tf.Tensor) => tf.sum(tf.reshape(dy, apart), axis),
  }))(x);
}
