/**
 * Functions of two arrays, element by element.
 *
 * Both are seen as [rows, columns]; an array whose `step` along an axis is 0 is repeated along it.
 */
import { exponential } from "./exponential";
import { loadLanes, storeLanes } from "./lanes";

const ADD = 0, SUBTRACT = 1, MULTIPLY = 2, DIVIDE = 3, MAXIMUM = 4, MINIMUM = 5;
const RELU_GRADIENT = 6, MISH_GRADIENT = 7;

export function add(a: usize, b: usize, y: usize, rows: i32, columns: i32, steps: i32): void {
  combine(ADD, a, b, y, rows, columns, steps);
}

export function subtract(a: usize, b: usize, y: usize, rows: i32, columns: i32, steps: i32): void {
  combine(SUBTRACT, a, b, y, rows, columns, steps);
}

export function multiply(a: usize, b: usize, y: usize, rows: i32, columns: i32, steps: i32): void {
  combine(MULTIPLY, a, b, y, rows, columns, steps);
}

export function divide(a: usize, b: usize, y: usize, rows: i32, columns: i32, steps: i32): void {
  combine(DIVIDE, a, b, y, rows, columns, steps);
}

export function maximum(a: usize, b: usize, y: usize, rows: i32, columns: i32, steps: i32): void {
  combine(MAXIMUM, a, b, y, rows, columns, steps);
}

export function minimum(a: usize, b: usize, y: usize, rows: i32, columns: i32, steps: i32): void {
  combine(MINIMUM, a, b, y, rows, columns, steps);
}

/** dy where x > 0, else 0. */
export function reluGradient(dy: usize, x: usize, y: usize, n: i32): void {
  line(RELU_GRADIENT, dy, x, y, n, true, true);
}

/** dy mish′(x), mish′(x) = q + 4 x e (e + 1) / (m + 2)² with e = eˣ, m = e (e + 2), q = m / (m + 2). */
export function mishGradient(dy: usize, x: usize, y: usize, n: i32): void {
  line(MISH_GRADIENT, dy, x, y, n, true, true);
}

/** Bits of `steps`, lowest first: a moves along columns, a along rows, b along columns, b along rows. */
// @ts-ignore: decorator
@inline
function combine(f: i32, a: usize, b: usize, y: usize, rows: i32, columns: i32, steps: i32): void {
  const bytes = usize(columns) << 2;
  const aMoves = (steps & 1) != 0, bMoves = (steps & 4) != 0;
  const aRow = (steps & 2) == 0 ? usize(0) : aMoves ? bytes : 4;
  const bRow = (steps & 8) == 0 ? usize(0) : bMoves ? bytes : 4;
  for (let i = 0; i < rows; i++, a += aRow, b += bRow, y += bytes) {
    line(f, a, b, y, columns, aMoves, bMoves);
  }
}

// @ts-ignore: decorator
@inline
function line(f: i32, a: usize, b: usize, y: usize, n: i32, aMoves: bool, bMoves: bool): void {
  const rest = n & 3, bytes = usize(n & ~3) << 2;
  let u = v128.load_splat<f32>(a), v = v128.load_splat<f32>(b);
  for (let k: usize = 0; k < bytes; k += 16) {
    if (aMoves) u = v128.load(a + k);
    if (bMoves) v = v128.load(b + k);
    v128.store(y + k, apply(f, u, v));
  }
  if (rest == 0) return;
  if (aMoves) u = loadLanes(a + bytes, rest);
  if (bMoves) v = loadLanes(b + bytes, rest);
  storeLanes(y + bytes, apply(f, u, v), rest);
}

// @ts-ignore: decorator
@inline
function apply(f: i32, a: v128, b: v128): v128 {
  if (f == ADD) return f32x4.add(a, b);
  if (f == SUBTRACT) return f32x4.sub(a, b);
  if (f == MULTIPLY) return f32x4.mul(a, b);
  if (f == DIVIDE) return f32x4.div(a, b);
  if (f == MAXIMUM) return f32x4.max(a, b);
  if (f == MINIMUM) return f32x4.min(a, b);
  if (f == RELU_GRADIENT) return v128.and(a, f32x4.gt(b, f32x4.splat(0)));
  return f32x4.mul(a, mishSlope(b));
}

// @ts-ignore: decorator
@inline
function mishSlope(x: v128): v128 {
  const one = f32x4.splat(1), two = f32x4.splat(2);
  const e = exponential(f32x4.pmin(x, f32x4.splat(20)));
  const m = f32x4.mul(e, f32x4.add(e, two)), d = f32x4.div(one, f32x4.add(m, two));
  const numerator = f32x4.mul(f32x4.splat(4), f32x4.mul(e, f32x4.add(e, one)));
  return f32x4.add(f32x4.mul(m, d), f32x4.mul(x, f32x4.mul(numerator, f32x4.mul(d, d))));
}
