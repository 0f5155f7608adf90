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
  requireCounts(successes, trials);
  return wilson(successes / trials, trials, confidence);
}

/**
 * The interval for the rate of several policies that were tried `trials` times each. Where they differ by more than
 * chance, as policies of different seeds do, it counts as many trials as are worth that:
 *
 *   n = Σnᵢ / max(1, φ),   φ = Σ (sᵢ − nᵢp̂)² / (nᵢp̂(1 − p̂)) / (k − 1)
 *
 * @param successes sᵢ of each of the k policies
 * @throws {RangeError} as `wilsonInterval`, or without policies
 * @see McCullagh and Nelder 1989, 4.5, on over-dispersion
 */
export function pooledWilsonInterval(
  successes: readonly number[],
  trials: number,
  confidence = 0.95,
): Interval {
  successes.forEach((s) => requireCounts(s, trials));
  const k = successes.length, total = successes.reduce((sum, s) => sum + s, 0), n = k * trials;
  if (k <= 1 || total === 0 || total === n) return wilsonInterval(total, n, confidence);
  const p = total / n;
  const chiSquare = successes.reduce((sum, s) => sum + (s - trials * p) ** 2, 0) /
    (trials * p * (1 - p));
  return wilson(p, n / Math.max(1, chiSquare / (k - 1)), confidence);
}

function requireCounts(successes: number, trials: number): void {
  if (
    !Number.isInteger(successes) || !Number.isInteger(trials) || trials <= 0 || successes < 0 ||
    successes > trials
  ) {
    throw new RangeError(
      `Cannot take Wilson interval: need integers 0 <= successes <= trials, trials > 0, found ${successes} of ${trials}`,
    );
  }
}

function wilson(p: number, n: number, confidence: number): Interval {
  const z2 = jstat.normal.inv(1 - (1 - confidence) / 2, 0, 1) ** 2;
  const centre = p + z2 / (2 * n), scale = 1 + z2 / n;
  const half = Math.sqrt(z2) * Math.sqrt(p * (1 - p) / n + z2 / (4 * n ** 2));
  return {
    low: p === 0 ? 0 : (centre - half) / scale,
    high: p === 1 ? 1 : (centre + half) / scale,
  };
}
