/** Functions of one array, element by element. */
import { exponential } from "./exponential";
import { loadLanes, storeLanes } from "./lanes";

const RELU = 0, MISH = 1, EXP = 2, SQUARE = 3, SQRT = 4, NEGATE = 5;

export function relu(x: usize, y: usize, n: i32): void {
  map(RELU, x, y, n);
}

/** mish(x) = x m / (m + 2) with m = eˣ (eˣ + 2); the quotient is 1 from x = 20 on. */
export function mish(x: usize, y: usize, n: i32): void {
  map(MISH, x, y, n);
}

export function exp(x: usize, y: usize, n: i32): void {
  map(EXP, x, y, n);
}

export function square(x: usize, y: usize, n: i32): void {
  map(SQUARE, x, y, n);
}

export function sqrt(x: usize, y: usize, n: i32): void {
  map(SQRT, x, y, n);
}

export function negate(x: usize, y: usize, n: i32): void {
  map(NEGATE, x, y, n);
}

// @ts-ignore: decorator
@inline
function map(f: i32, x: usize, y: usize, n: i32): void {
  const end = x + (usize(n & ~3) << 2), rest = n & 3;
  for (; x < end; x += 16, y += 16) v128.store(y, apply(f, v128.load(x)));
  if (rest != 0) storeLanes(y, apply(f, loadLanes(x, rest)), rest);
}

// @ts-ignore: decorator
@inline
function apply(f: i32, x: v128): v128 {
  if (f == RELU) return f32x4.pmax(x, f32x4.splat(0));
  if (f == MISH) return mishOf(x);
  if (f == EXP) return exponential(x);
  if (f == SQUARE) return f32x4.mul(x, x);
  if (f == SQRT) return f32x4.sqrt(x);
  return f32x4.neg(x);
}

// @ts-ignore: decorator
@inline
function mishOf(x: v128): v128 {
  const e = exponential(f32x4.pmin(x, f32x4.splat(20))), two = f32x4.splat(2);
  const m = f32x4.mul(e, f32x4.add(e, two));
  return f32x4.mul(x, f32x4.div(m, f32x4.add(m, two)));
}
