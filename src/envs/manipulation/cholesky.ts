/**
 * Cholesky factors of small dense matrices, in place and without allocation.
 *
 * Matrices are row-major with leading dimension `n`; only the lower triangle is read and written.
 *
 * @module
 */

/** Pivots below this share of the largest diagonal entry count as singular and are raised to it. */
const SINGULAR = 1e-15;

/** Replaces the lower triangle of A by L with A = L Lᵀ. */
export function factorInto(a: Float64Array, n: number): void {
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, a[i * n + i]);
  for (let j = 0; j < n; j++) {
    let pivot = a[j * n + j];
    for (let k = 0; k < j; k++) pivot -= a[j * n + k] * a[j * n + k];
    const diagonal = Math.sqrt(Math.max(pivot, SINGULAR * largest));
    a[j * n + j] = diagonal;
    for (let i = j + 1; i < n; i++) {
      let sum = a[i * n + j];
      for (let k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k];
      a[i * n + j] = sum / diagonal;
    }
  }
}

/** Replaces the first `m` entries of x from `at` on by L⁻¹ x, with the leading m × m block of L. */
export function forwardInto(l: Float64Array, n: number, x: Float64Array, at = 0, m = n): void {
  for (let i = 0; i < m; i++) {
    let sum = x[at + i];
    for (let k = 0; k < i; k++) sum -= l[i * n + k] * x[at + k];
    x[at + i] = sum / l[i * n + i];
  }
}

/** Replaces the first `m` entries of x by (L Lᵀ)⁻¹ x, with the leading m × m block of L. */
export function solveInto(l: Float64Array, n: number, x: Float64Array, m = n): void {
  forwardInto(l, n, x, 0, m);
  for (let i = m - 1; i >= 0; i--) {
    let sum = x[i];
    for (let k = i + 1; k < m; k++) sum -= l[k * n + i] * x[k];
    x[i] = sum / l[i * n + i];
  }
}
