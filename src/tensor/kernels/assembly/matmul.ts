/**
 * C = op(A) op(B) + bias in float32.
 *
 * Every entry is a sum over k in one fixed order: blocks of 512, in each four interleaved partial sums. It depends on
 * its own row of op(A) and column of op(B) alone, so a row's result is the same in every batch.
 */
import { lanes, loadLanes, storeLanes } from "./lanes";
import { transpose } from "./transpose";

/** Terms of the sum between additions to C. */
const DEPTH = 512;
/** Rows of op(A) that stay in cache while op(B) passes by. */
const ROWS = 32;

/** Bytes of scratch memory that `matmul` needs. */
export function matmulScratch(m: i32, n: i32, k: i32, transposeA: bool, transposeB: bool): usize {
  const rows = (transposeA ? m : 0) + (transposeB ? 0 : n);
  return (usize(rows) * usize(min(k, DEPTH))) << 2;
}

/**
 * @param a [m, k], or [k, m] where it is to be transposed
 * @param b [k, n], or [n, k] where it is to be transposed
 * @param bias [n] or 0
 * @param c [m, n]
 */
export function matmul(
  a: usize,
  b: usize,
  bias: usize,
  c: usize,
  scratch: usize,
  m: i32,
  n: i32,
  k: i32,
  transposeA: bool,
  transposeB: bool,
): void {
  const columns = scratch + (transposeA ? usize(m) * usize(min(k, DEPTH)) << 2 : 0);
  for (let start = 0; start < k || start == 0; start += DEPTH) {
    const depth = min(k - start, DEPTH);
    let rowsAt = a + (usize(start) << 2), rowsStride = usize(k) << 2;
    let columnsAt = b + (usize(start) << 2), columnsStride = rowsStride;
    if (transposeA) {
      transpose(a + (usize(start) * usize(m) << 2), scratch, depth, m);
      rowsAt = scratch, rowsStride = usize(depth) << 2;
    }
    if (!transposeB) {
      transpose(b + (usize(start) * usize(n) << 2), columns, depth, n);
      columnsAt = columns, columnsStride = usize(depth) << 2;
    }
    for (let row = 0; row < m; row += ROWS) {
      const count = min(m - row, ROWS);
      const aBlock = rowsAt + usize(row) * rowsStride, cBlock = c + (usize(row) * usize(n) << 2);
      const first = start == 0 ? bias : 0;
      products(aBlock, rowsStride, columnsAt, columnsStride, first, cBlock, count, n, depth, start > 0);
    }
  }
}

/** C[i, j] = (C[i, j] or bias[j] or 0) + Σ_k A[i, k] B[j, k]; two rows by four columns at a time. */
function products(
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  bias: usize,
  c: usize,
  m: i32,
  n: i32,
  depth: i32,
  accumulate: bool,
): void {
  const cStride = usize(n) << 2;
  for (let j = 0; j < n; j += 4) {
    const width = min(n - j, 4), at = usize(j) << 2;
    const b0 = b + usize(j) * bStride;
    const b1 = b0 + (width > 1 ? bStride : 0), b2 = b1 + (width > 2 ? bStride : 0);
    const b3 = b2 + (width > 3 ? bStride : 0);
    const start = bias != 0 ? loadLanes(bias + at, width) : f32x4.splat(0);
    for (let i = 0; i < m; i += 2) {
      const a0 = a + usize(i) * aStride, a1 = a0 + (i + 1 < m ? aStride : 0);
      const c0 = c + usize(i) * cStride + at, c1 = c0 + cStride;
      tile(a0, a1, b0, b1, b2, b3, c0, c1, start, usize(depth) << 2, width, i + 1 < m, accumulate);
    }
  }
}

// @ts-ignore: decorator
@inline
function madd(sum: v128, x: v128, y: v128): v128 {
  return f32x4.add(sum, f32x4.mul(x, y));
}

/** Eight entries of C; `bytes` is the depth in bytes. Sums go through registers only. */
// @ts-ignore: decorator
@inline
function tile(
  a0: usize,
  a1: usize,
  b0: usize,
  b1: usize,
  b2: usize,
  b3: usize,
  c0: usize,
  c1: usize,
  start: v128,
  bytes: usize,
  width: i32,
  both: bool,
  accumulate: bool,
): void {
  let s00 = f32x4.splat(0), s01 = s00, s02 = s00, s03 = s00;
  let s10 = s00, s11 = s00, s12 = s00, s13 = s00;
  let k: usize = 0;
  for (const pairs = bytes & ~31; k < pairs; k += 32) {
    let x0 = v128.load(a0 + k), x1 = v128.load(a1 + k);
    let y = v128.load(b0 + k);
    s00 = madd(s00, x0, y), s10 = madd(s10, x1, y);
    y = v128.load(b1 + k);
    s01 = madd(s01, x0, y), s11 = madd(s11, x1, y);
    y = v128.load(b2 + k);
    s02 = madd(s02, x0, y), s12 = madd(s12, x1, y);
    y = v128.load(b3 + k);
    s03 = madd(s03, x0, y), s13 = madd(s13, x1, y);
    x0 = v128.load(a0 + k, 16), x1 = v128.load(a1 + k, 16);
    y = v128.load(b0 + k, 16);
    s00 = madd(s00, x0, y), s10 = madd(s10, x1, y);
    y = v128.load(b1 + k, 16);
    s01 = madd(s01, x0, y), s11 = madd(s11, x1, y);
    y = v128.load(b2 + k, 16);
    s02 = madd(s02, x0, y), s12 = madd(s12, x1, y);
    y = v128.load(b3 + k, 16);
    s03 = madd(s03, x0, y), s13 = madd(s13, x1, y);
  }
  for (; k < bytes; k += 16) {
    const rest = i32(min(bytes - k, 16)) >> 2;
    const x0 = loadLanes(a0 + k, rest), x1 = loadLanes(a1 + k, rest);
    let y = loadLanes(b0 + k, rest);
    s00 = madd(s00, x0, y), s10 = madd(s10, x1, y);
    y = loadLanes(b1 + k, rest);
    s01 = madd(s01, x0, y), s11 = madd(s11, x1, y);
    y = loadLanes(b2 + k, rest);
    s02 = madd(s02, x0, y), s12 = madd(s12, x1, y);
    y = loadLanes(b3 + k, rest);
    s03 = madd(s03, x0, y), s13 = madd(s13, x1, y);
  }
  finish(c0, start, lanes(s00, s01, s02, s03), width, accumulate);
  if (both) finish(c1, start, lanes(s10, s11, s12, s13), width, accumulate);
}

// @ts-ignore: decorator
@inline
function finish(c: usize, start: v128, sums: v128, width: i32, accumulate: bool): void {
  storeLanes(c, f32x4.add(accumulate ? loadLanes(c, width) : start, sums), width);
}
