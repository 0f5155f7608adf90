/**
 * How large a difference a paired comparison of given size can show.
 *
 * @module
 */
import jstat from "jstat";

/**
 * The mean difference, in standard deviations of the differences, that a two-sided paired t test of n pairs finds with
 * the given power: the d at which
 *
 *   P(T > t_{1−α/2, n−1}) = power
 *
 * for T of the noncentral t distribution with n − 1 degrees of freedom and noncentrality d√n. The other tail is left
 * out: it has no share where the power is of use.
 *
 * @throws {RangeError} unless n is an integer from 2
 * @see statsmodels TTestPower.solve_power
 */
export function detectableDifference(
  n: number,
  { alpha = 0.05, power = 0.8 }: { readonly alpha?: number; readonly power?: number } = {},
): number {
  if (!Number.isInteger(n) || n < 2) {
    throw new RangeError(`Cannot size difference: n must be an integer from 2, found ${n}`);
  }
  const critical = jstat.studentt.inv(1 - alpha / 2, n - 1);
  const isSeen = (d: number) =>
    1 - jstat.noncentralt.cdf(critical, n - 1, d * Math.sqrt(n)) >= power;
  let low = 0, high = 1;
  while (!isSeen(high)) high *= 2;
  while (high - low > 1e-9 * high) {
    const middle = (low + high) / 2;
    if (isSeen(middle)) high = middle;
    else low = middle;
  }
  return high;
}
