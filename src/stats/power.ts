/**
 * How many seeds a paired comparison needs.
 *
 * @module
 */
import jstat from "jstat";

/**
 * The smallest n for which a two-sided paired t test finds a mean difference with the given power, when
 * differences have standard deviation `sd`:
 *
 *   n ≥ ((t_{1−α/2, n−1} + t_{power, n−1}) · sd / difference)²,
 *
 * the usual normal approximation with t quantiles, which it reaches for large n.
 *
 * @throws {RangeError} unless difference ≠ 0 and sd > 0
 */
export function seedsNeeded(
  difference: number,
  sd: number,
  { alpha = 0.05, power = 0.8 }: { readonly alpha?: number; readonly power?: number } = {},
): number {
  if (!(Math.abs(difference) > 0) || !(sd > 0)) {
    throw new RangeError(
      `Cannot size experiment: difference must not be 0 and sd must be > 0, found ${difference} and ${sd}`,
    );
  }
  const isEnough = (n: number): boolean => {
    const t = jstat.studentt.inv(1 - alpha / 2, n - 1) + jstat.studentt.inv(power, n - 1);
    return n >= (t * sd / difference) ** 2;
  };
  // Both quantiles fall with n, so all larger n are enough as well: double, then halve the gap.
  let few = 1, many = 2;
  while (!isEnough(many)) [few, many] = [many, 2 * many];
  while (many - few > 1) {
    const middle = (few + many) >> 1;
    if (isEnough(middle)) many = middle;
    else few = middle;
  }
  return many;
}
