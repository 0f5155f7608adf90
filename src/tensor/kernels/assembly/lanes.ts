/** Up to four floats in a vector. */

/** The first `count` (1 to 4) floats at `p`; the other lanes are 0. */
// @ts-ignore: decorator
@inline
export function loadLanes(p: usize, count: i32): v128 {
  if (count == 4) return v128.load(p);
  if (count == 1) return v128.load_zero<u32>(p);
  const two = v128.load_zero<u64>(p);
  return count == 2 ? two : v128.load_lane<u32>(p, two, 2, 8);
}

/** Stores the first `count` (1 to 4) lanes. */
// @ts-ignore: decorator
@inline
export function storeLanes(p: usize, v: v128, count: i32): void {
  if (count == 4) return v128.store(p, v);
  if (count == 1) return v128.store_lane<u32>(p, v, 0);
  v128.store_lane<u64>(p, v, 0);
  if (count == 3) v128.store_lane<u32>(p, v, 2, 8);
}

/** [Σ a, Σ b, Σ c, Σ d], each as (lane 0 + lane 2) + (lane 1 + lane 3). */
// @ts-ignore: decorator
@inline
export function lanes(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}
