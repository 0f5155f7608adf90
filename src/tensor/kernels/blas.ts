/**
 * Matrix products by a BLAS library that works on the backend's heap in place.
 *
 * @module
 */
import { memory } from "./heap.ts";
import type { Kernels } from "./install.ts";
import { batchMatMul, linear, type Product } from "./matmul.ts";

/**
 *   C ← op(A) op(B) + β C,   op(A) [m, k], op(B) [k, n], C [m, n]
 *
 * for row-major float32 matrices without gaps, at byte addresses of the heap.
 */
export type Sgemm = (
  transposeA: boolean,
  transposeB: boolean,
  m: number,
  n: number,
  k: number,
  a: number,
  b: number,
  beta: 0 | 1,
  c: number,
) => void;

/** What BLAS takes over from the strict kernels; element-wise kernels and sums stay. */
export function blasKernels(sgemm: Sgemm): Kernels {
  const product: Product = (a, b, bias, c, m, n, k, transposeA, transposeB) => {
    if (bias !== 0) repeatRow(bias, c, m, n);
    sgemm(transposeA, transposeB, m, n, k, a, b, bias === 0 ? 0 : 1, c);
  };
  return { BatchMatMul: batchMatMul(product), Linear: linear(product) };
}

/** Numbers that a copy moves at most: few enough to stay in the processor's nearest cache. */
const PIECE = 4096;

/** Copies the n numbers at `row` to m rows at `to`, where BLAS would otherwise have to write zeros first. */
function repeatRow(row: number, to: number, m: number, n: number): void {
  const rows = new Float32Array(memory.buffer, to, m * n);
  rows.set(new Float32Array(memory.buffer, row, n));
  const piece = n * Math.ceil(PIECE / n);
  for (let done = n; done < rows.length; done += Math.min(done, piece)) {
    rows.copyWithin(done, 0, Math.min(done, piece, rows.length - done));
  }
}
