/**
 * The test for two arms taken as independent, and what it costs to pair them instead.
 *
 * @module
 */
import jstat from "jstat";
import { hasSpread, mean } from "./moments.ts";
import { finite, integerFrom, requireNumber, requireNumbers, share } from "./rules.ts";

/**
 * Two-sided p-value of Student's t test with pooled variance: with t = (ā − b̄) / √(s² (1/n + 1/m)),
 * s² = (Σ(aᵢ − ā)² + Σ(bᵢ − b̄)²) / ν and ν = n + m − 2 it is I_{ν/(ν + t²)}(ν/2, ½); 1 when neither arm varies, which
 * tells nothing of how they would.
 *
 * @param a finite, at least one
 * @param b likewise
 * @throws {RangeError} when one is not as said
 * @see scipy.stats.ttest_ind
 */
export function unpairedTTest(a: readonly number[], b: readonly number[]): number {
  for (const [name, x] of Object.entries({ a, b })) {
    requireNumber("compare arms", `number of ${name}`, integerFrom(1), x.length);
    requireNumbers("compare arms", name, finite, x);
  }
  if (![a, b].some((x) => x.length > 1 && hasSpread(x))) return 1;
  const freedom = a.length + b.length - 2;
  const variance = (squares(a) + squares(b)) / freedom;
  const t2 = (mean(a) - mean(b)) ** 2 / (variance * (1 / a.length + 1 / b.length));
  return jstat.ibeta(freedom / (freedom + t2), freedom / 2, 0.5);
}

function squares(x: readonly number[]): number {
  const m = mean(x);
  return x.reduce((sum, v) => sum + (v - m) ** 2, 0);
}

/**
 * How many times as wide the interval of n paired differences is as that of two independent arms of n values, where
 * pairing leaves the variance of the difference as it is: t_{n−1} / t_{2n−2}.
 *
 * @param n an integer >= 2
 * @param confidence in (0, 1)
 * @throws {RangeError} when one is not as said
 */
export function widthOfPairing(n: number, confidence = 0.95): number {
  requireNumber("compare widths", "n", integerFrom(2), n);
  requireNumber("compare widths", "confidence", share, confidence);
  const t = (freedom: number) => jstat.studentt.inv(1 - (1 - confidence) / 2, freedom);
  return t(n - 1) / t(2 * n - 2);
}
