/**
 * Copies of rows. Each is a product with ones: exact, and many times faster than the backend's `tile`.
 *
 * @module
 */
import { tf } from "../backend.ts";

/** [n, d] → [times · n, d]: the whole block again and again, row r being row r mod n. */
export const tileRows = (x: tf.Tensor, times: number): tf.Tensor =>
  copies(x, [1, ...x.shape], [times, 1, 1]);

/** [n, d] → [n · times, d]: every row `times` times in a row, row r being row ⌊r / times⌋. */
export const repeatRows = (x: tf.Tensor, times: number): tf.Tensor =>
  copies(x, [x.shape[0], 1, x.shape[1]!], [1, times, 1]);

function copies(x: tf.Tensor, shape: number[], ones: [number, number, number]): tf.Tensor {
  return tf.reshape(tf.mul(tf.reshape(x, shape), tf.ones(ones)), [-1, x.shape[1]!]);
}
