/** Rows of the source that are read together, so that whole cache lines of the result are written. */
const STRIP = 16;

/** y[j, i] = x[i, j] for x of [rows, columns]. */
export function transpose(x: usize, y: usize, rows: i32, columns: i32): void {
  const fullColumns = columns & ~3;
  for (let top = 0; top < rows; top += STRIP) {
    const bottom = min(top + STRIP, rows), full = top + ((bottom - top) & ~3);
    for (let j = 0; j < fullColumns; j += 4) {
      for (let i = top; i < full; i += 4) block(x, y, i, j, rows, columns);
    }
    for (let i = top; i < full; i++) entries(x, y, i, fullColumns, rows, columns);
    for (let i = full; i < bottom; i++) entries(x, y, i, 0, rows, columns);
  }
}

/** Four by four entries at (i, j). */
// @ts-ignore: decorator
@inline
function block(x: usize, y: usize, i: i32, j: i32, rows: i32, columns: i32): void {
  const stride = usize(columns) << 2;
  let p = x + usize(i) * stride + (usize(j) << 2);
  const r0 = v128.load(p), r1 = v128.load(p += stride);
  const r2 = v128.load(p += stride), r3 = v128.load(p += stride);
  const a = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), b = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const c = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7), d = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  const step = usize(rows) << 2;
  let q = y + usize(j) * step + (usize(i) << 2);
  v128.store(q, v128.shuffle<f32>(a, b, 0, 1, 4, 5));
  v128.store(q += step, v128.shuffle<f32>(a, b, 2, 3, 6, 7));
  v128.store(q += step, v128.shuffle<f32>(c, d, 0, 1, 4, 5));
  v128.store(q += step, v128.shuffle<f32>(c, d, 2, 3, 6, 7));
}

/** The entries of row i from column j on. */
// @ts-ignore: decorator
@inline
function entries(x: usize, y: usize, i: i32, j: i32, rows: i32, columns: i32): void {
  for (; j < columns; j++) {
    store<f32>(
      y + ((usize(j) * usize(rows) + usize(i)) << 2),
      load<f32>(x + ((usize(i) * usize(columns) + usize(j)) << 2)),
    );
  }
}
