/**
 * eˣ in plain float32 arithmetic, within 1.5 ulp.
 *
 *   eˣ = 2ⁿ eʳ,  n = round(x / ln 2),  r = x − n ln 2,  eʳ ≈ 1 + r + r² q(r)
 *
 * q is a minimax polynomial for |r| ≤ ln(2) / 2 with a relative error below 4e-9. ln 2 is subtracted in two parts, the
 * first of so few bits that its product with n is exact.
 */
const LOG2E: f32 = 1.4426950408889634;
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.12194440e-4;
/** 1.5 · 2²³: adding it leaves a rounded integer in the low bits of a float. */
const ROUND: f32 = 12582912.0;
const Q0: f32 = 0.4999999403953552;
const Q1: f32 = 0.1666651964187622;
const Q2: f32 = 0.04166839271783829;
const Q3: f32 = 0.008368780836462975;
const Q4: f32 = 0.0013814467238262296;

/** Four exponentials; 0 far below and ∞ far above float32's range. */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(x, f32x4.splat(90)), f32x4.splat(-105));
  const shifted = f32x4.add(f32x4.mul(bounded, f32x4.splat(LOG2E)), f32x4.splat(ROUND));
  const n = f32x4.sub(shifted, f32x4.splat(ROUND));
  const high = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  const r = f32x4.sub(high, f32x4.mul(n, f32x4.splat(LN2_LOW)));
  let q = f32x4.splat(Q4);
  q = f32x4.add(f32x4.mul(q, r), f32x4.splat(Q3));
  q = f32x4.add(f32x4.mul(q, r), f32x4.splat(Q2));
  q = f32x4.add(f32x4.mul(q, r), f32x4.splat(Q1));
  q = f32x4.add(f32x4.mul(q, r), f32x4.splat(Q0));
  const e = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(q, r), r), r), f32x4.splat(1));
  const k = i32x4.sub(shifted, i32x4.splat(reinterpret<i32>(ROUND))), half = i32x4.shr_s(k, 1);
  return f32x4.mul(f32x4.mul(e, power(half)), power(i32x4.sub(k, half)));
}

/** 2ᵏ for −127 < k < 128. */
// @ts-ignore: decorator
@inline
function power(k: v128): v128 {
  return i32x4.shl(i32x4.add(k, i32x4.splat(127)), 23);
}
