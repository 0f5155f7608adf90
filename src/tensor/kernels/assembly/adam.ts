/**
 * Steps of AdamW and ADAPG on float32 vectors in float64, two coordinates at a time, in place:
 *
 *   m ← β₁ m + (1 − β₁) g      v ← β₂ v + (1 − β₂) g²      u = rate · m / (√v · scale + ε)
 *   AdamW:   θ ← keep · θ − u
 *   ADAPG:   h = keep · θ − u      θ ← h + ahead · (h − p)      p ← h
 *
 * Operations come in the order of the loops in `src/optim`, whose bytes they give. Vectors extend to a multiple of
 * four coordinates. The result says whether every stored v and θ is finite.
 */
import { demote, high, low } from "./doubles";

export function adamw(
  g: usize, m: usize, v: usize, theta: usize, p: usize, n: i32,
  beta1: f64, beta2: f64, rate: f64, scale: f64, eps: f64, keep: f64, ahead: f64,
): bool {
  return steps(false, g, m, v, theta, p, n, beta1, beta2, rate, scale, eps, keep, ahead);
}

export function adapg(
  g: usize, m: usize, v: usize, theta: usize, p: usize, n: i32,
  beta1: f64, beta2: f64, rate: f64, scale: f64, eps: f64, keep: f64, ahead: f64,
): bool {
  return steps(true, g, m, v, theta, p, n, beta1, beta2, rate, scale, eps, keep, ahead);
}

// @ts-ignore: decorator
@inline
function steps(
  blends: bool, g: usize, m: usize, v: usize, theta: usize, p: usize, n: i32,
  beta1: f64, beta2: f64, rate: f64, scale: f64, eps: f64, keep: f64, ahead: f64,
): bool {
  const b1 = f64x2.splat(beta1), c1 = f64x2.splat(1 - beta1), r = f64x2.splat(rate);
  const b2 = f64x2.splat(beta2), c2 = f64x2.splat(1 - beta2), s = f64x2.splat(scale);
  const e = f64x2.splat(eps), d = f64x2.splat(keep), a = f64x2.splat(ahead);
  const end = usize(n) << 2;
  // 0 · x is 0 for finite x, else NaN.
  let check = f32x4.splat(0);
  for (let k: usize = 0; k < end; k += 16) {
    const g4 = v128.load(g + k), m4 = v128.load(m + k), v4 = v128.load(v + k);
    const theta4 = v128.load(theta + k);
    const m0 = first(b1, low(m4), c1, low(g4)), m1 = first(b1, high(m4), c1, high(g4));
    const v0 = second(b2, low(v4), c2, low(g4)), v1 = second(b2, high(v4), c2, high(g4));
    let x0 = f64x2.sub(f64x2.mul(d, low(theta4)), update(r, m0, v0, s, e));
    let x1 = f64x2.sub(f64x2.mul(d, high(theta4)), update(r, m1, v1, s, e));
    if (blends) {
      const p4 = v128.load(p + k);
      v128.store(p + k, demote(x0, x1));
      x0 = blend(x0, a, low(p4)), x1 = blend(x1, a, high(p4));
    }
    const vs = demote(v0, v1), xs = demote(x0, x1);
    v128.store(m + k, demote(m0, m1)), v128.store(v + k, vs), v128.store(theta + k, xs);
    check = f32x4.add(check, f32x4.mul(f32x4.splat(0), vs));
    check = f32x4.add(check, f32x4.mul(f32x4.splat(0), xs));
  }
  return !v128.any_true(f32x4.ne(check, check));
}

// @ts-ignore: decorator
@inline
function first(beta: v128, m: v128, rest: v128, g: v128): v128 {
  return f64x2.add(f64x2.mul(beta, m), f64x2.mul(rest, g));
}

// @ts-ignore: decorator
@inline
function second(beta: v128, v: v128, rest: v128, g: v128): v128 {
  return f64x2.add(f64x2.mul(beta, v), f64x2.mul(f64x2.mul(rest, g), g));
}

// @ts-ignore: decorator
@inline
function update(rate: v128, m: v128, v: v128, scale: v128, eps: v128): v128 {
  const denominator = f64x2.add(f64x2.mul(f64x2.sqrt(v), scale), eps);
  return f64x2.div(f64x2.mul(rate, m), denominator);
}

// @ts-ignore: decorator
@inline
function blend(h: v128, ahead: v128, previous: v128): v128 {
  return f64x2.add(h, f64x2.mul(ahead, f64x2.sub(h, previous)));
}
