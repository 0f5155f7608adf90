/**
 * The power of a paired comparison: how many seeds it needs, and what it can show with those that it has.
 *
 * @module
 */
import jstat from "jstat";
import { integerFrom, notNaN, notZero, positive, requireNumber, share } from "./rules.ts";

/** Values of u in the mean below. */
const POINTS = 4000;

/** To what share of itself a difference is found. */
const ACCURACY = 1e-6;

/**
 * The power of the two-sided paired t test of n pairs whose differences have a mean of `effect` standard deviations:
 * P(|T| > t), t = t_{1−α/2, ν}, of the noncentral t distribution with ν = n − 1 and δ = √n · effect. That is the mean of
 * Φ(δ − tu) + Φ(−δ − tu) over the sample's standard deviation in true ones, u = √(χ²_ν / ν).
 *
 * @param n an integer >= 2
 * @param effect finite or infinite
 * @param alpha the significance level, in (0, 1)
 * @throws {RangeError} when one is not as said
 * @see scipy.stats.nct, and scipy.stats.ncf of T²; within 2 · 10⁻⁵ for α ≥ 0.01 and n ≤ 10⁶
 */
export function pairedPower(n: number, effect: number, alpha: number): number {
  requireNumber("find power", "n", integerFrom(2), n);
  requireNumber("find power", "effect", notNaN, effect);
  requireNumber("find power", "alpha", share, alpha);
  const freedom = n - 1, shift = Math.sqrt(n) * Math.abs(effect);
  const t = jstat.studentt.inv(1 - alpha / 2, freedom);
  const reach = 10 / Math.sqrt(freedom), low = Math.max(0, 1 - reach);
  // By the midpoint rule: jstat's noncentral t ends its series too early beyond δ = 25, and says 1.
  const step = (1 + reach - low) / POINTS;
  let rejected = 0, all = 0;
  for (let i = 0; i < POINTS; i++) {
    const u = low + (i + 0.5) * step;
    const density = Math.exp((freedom - 1) * Math.log(u) - freedom * (u ** 2 - 1) / 2);
    all += density;
    rejected += density * (phi(shift - t * u) + phi(-shift - t * u));
  }
  return rejected / all;
}

const phi = (x: number): number => jstat.normal.cdf(x, 0, 1);

/**
 * The smallest n for which a two-sided paired t test finds a mean difference with the given power, when
 * differences have standard deviation `sd`.
 *
 * @param difference finite, not 0
 * @param sd finite, > 0
 * @param options `alpha`, the significance level, and `power`, both in (0, 1)
 * @throws {RangeError} when one is not as said
 */
export function seedsNeeded(
  difference: number,
  sd: number,
  { alpha = 0.05, power = 0.8 }: { readonly alpha?: number; readonly power?: number } = {},
): number {
  requireNumber("size experiment", "difference", notZero, difference);
  requireNumber("size experiment", "sd", positive, sd);
  requireNumber("size experiment", "power", share, power);
  const isEnough = (n: number): boolean => pairedPower(n, difference / sd, alpha) >= power;
  // Power grows with n, so all larger n are enough as well: double, then halve the gap.
  let few = 1, many = 2;
  while (!isEnough(many)) [few, many] = [many, 2 * many];
  while (many - few > 1) {
    const middle = Math.floor((few + many) / 2);
    if (isEnough(middle)) many = middle;
    else few = middle;
  }
  return many;
}

/**
 * The smallest mean difference, in standard deviations of the differences, that a two-sided paired t test of n pairs
 * finds with the given power.
 *
 * @param n an integer >= 2
 * @param options `alpha`, the significance level, and `power`, which is more, both in (0, 1)
 * @throws {RangeError} when one is not as said
 * @see statsmodels TTestPower.solve_power
 */
export function detectableDifference(
  n: number,
  { alpha = 0.05, power = 0.8 }: { readonly alpha?: number; readonly power?: number } = {},
): number {
  requireNumber("size difference", "power", share, power);
  const isSeen = (d: number) => pairedPower(n, d, alpha) >= power;
  let low = 0, high = 1;
  while (!isSeen(high)) high *= 2;
  while (high - low > ACCURACY * high) {
    const middle = (low + high) / 2;
    if (isSeen(middle)) high = middle;
    else low = middle;
  }
  return high;
}
