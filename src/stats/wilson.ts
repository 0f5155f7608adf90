/**
 * Wilson's score interval for a proportion.
 *
 *   (p̂ + z²/2n ± z √(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n)
 *
 * @see Wilson 1927; statsmodels proportion_confint with method "wilson"
 * @module
 */
import jstat from "jstat";
import type { Interval } from "./interval.ts";

/**
 * The interval for `successes` out of `trials`.
 *
 * @throws {RangeError} unless 0 ≤ successes ≤ trials and trials > 0, both integers
 */
export function wilsonInterval(successes: number, trials: number, confidence = 0.95): Interval {
  if (
    !Number.isInteger(successes) || !Number.isInteger(trials) || trials <= 0 || successes < 0 ||
    successes > trials
  ) {
    throw new RangeError(
      `Cannot take Wilson interval: need integers 0 <= successes <= trials, trials > 0, found ${successes} of ${trials}`,
    );
  }
  const z2 = jstat.normal.inv(1 - (1 - confidence) / 2, 0, 1) ** 2, p = successes / trials;
  const centre = p + z2 / (2 * trials);
  const half = Math.sqrt(z2) * Math.sqrt(p * (1 - p) / trials + z2 / (4 * trials ** 2));
  const scale = 1 + z2 / trials;
  return {
    low: successes === 0 ? 0 : (centre - half) / scale,
    high: successes === trials ? 1 : (centre + half) / scale,
  };
}
