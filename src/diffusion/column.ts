/**
 * Per-row constants inside a scope.
 *
 * @module
 */
import type { tf } from "../tensor/backend.ts";
import type { Floats } from "../tensor/tensor.ts";
import { upload } from "../tensor/upload.ts";

/** `values` at each row's index. */
export function picked(values: Floats, index: ArrayLike<number>): Floats {
  const out = new Float32Array(index.length);
  for (let i = 0; i < out.length; i++) out[i] = values[index[i]];
  return out;
}

/** `values` at each row's index as a column [rows, 1]; a single index gives a scalar for all rows. */
export function column(values: Floats, index: ArrayLike<number>): tf.Tensor {
  return upload(index.length === 1 ? [] : [index.length, 1], picked(values, index));
}

/** Diffusion steps as a network takes them, [n]. */
export const stepColumn = (t: ArrayLike<number>): tf.Tensor =>
  upload([t.length], Float32Array.from(t));
