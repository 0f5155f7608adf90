/**
 * Strided views in row-major order.
 *
 * @module
 */
import type { StoredData } from "../../provenance/stored_tensor.ts";

/** Elements `offset + Σ iₖ·strides[k]` of an array for all indices of a shape, the last index fastest. */
export function gather(
  data: StoredData,
  shape: readonly number[],
  strides: readonly number[],
  offset = 0,
): StoredData {
  const count = shape.reduce((n, d) => n * d, 1);
  if (isRowMajor(shape, strides)) return data.slice(offset, offset + count);
  const out = new (data.constructor as new (length: number) => StoredData)(count);
  const index = shape.map(() => 0);
  let from = offset;
  for (let to = 0; to < count; to++) {
    out[to] = data[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return out;
}

function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis];
  }
  return true;
}
