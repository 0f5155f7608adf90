import { demote, high, low } from "./doubles";

/** y[i, j] = scale · Σ_r x[i, r, j] for x of [outer, reduced, inner], summed in float64 in one fixed order. */
export function sum(x: usize, y: usize, outer: i32, reduced: i32, inner: i32, scale: f64): void {
  const stride = usize(inner) << 2;
  for (let i = 0; i < outer; i++, x += usize(reduced) * stride, y += stride) {
    if (inner == 1) {
      store<f32>(y, f32(scale * sumOfRow(x, reduced)));
      continue;
    }
    let j = 0;
    for (; j + 8 <= inner; j += 8) eightColumns(x + (j << 2), y + (j << 2), reduced, stride, scale);
    for (; j < inner; j++) oneColumn(x + (j << 2), y + (j << 2), reduced, stride, scale);
  }
}

// @ts-ignore: decorator
@inline
function sumOfRow(x: usize, n: i32): f64 {
  const end = x + (usize(n) << 2), full = x + (usize(n & ~3) << 2);
  let even = f64x2.splat(0), odd = f64x2.splat(0);
  for (; x < full; x += 16) {
    const v = v128.load(x);
    even = f64x2.add(even, low(v)), odd = f64x2.add(odd, high(v));
  }
  const both = f64x2.add(even, odd);
  let total = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  for (; x < end; x += 4) total += load<f32>(x);
  return total;
}

// @ts-ignore: decorator
@inline
function oneColumn(x: usize, y: usize, reduced: i32, stride: usize, scale: f64): void {
  let total: f64 = 0;
  for (let r = 0; r < reduced; r++, x += stride) total += load<f32>(x);
  store<f32>(y, f32(scale * total));
}

// @ts-ignore: decorator
@inline
function eightColumns(x: usize, y: usize, reduced: i32, stride: usize, scale: f64): void {
  let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
  for (let r = 0; r < reduced; r++, x += stride) {
    const u = v128.load(x), v = v128.load(x, 16);
    s0 = f64x2.add(s0, low(u)), s1 = f64x2.add(s1, high(u));
    s2 = f64x2.add(s2, low(v)), s3 = f64x2.add(s3, high(v));
  }
  const k = f64x2.splat(scale);
  v128.store(y, demote(f64x2.mul(k, s0), f64x2.mul(k, s1)));
  v128.store(y, demote(f64x2.mul(k, s2), f64x2.mul(k, s3)), 16);
}
