/**
 * Tests for two arms that share their seeds.
 *
 * @module
 */
import jstat from "jstat";
import type { Interval } from "./interval.ts";
import { hasSpread, mean, standardDeviation } from "./moments.ts";
import { finite, requireNumbers } from "./rules.ts";
import { meanInterval } from "./t_interval.ts";

function differences(action: string, a: readonly number[], b: readonly number[]): number[] {
  if (a.length !== b.length || a.length === 0) {
    throw new RangeError(
      `Cannot ${action}: paired samples must have equal, non-zero length, found ${a.length} and ${b.length}`,
    );
  }
  requireNumbers(action, "a", finite, a);
  requireNumbers(action, "b", finite, b);
  return a.map((x, i) => x - b[i]);
}

/**
 * The t interval for the mean of aᵢ − bᵢ; infinite for a single pair and for differences that are all equal.
 *
 * @param confidence in (0, 1)
 * @throws {RangeError} unless samples are finite, of equal length and not empty, and confidence is allowed
 */
export const pairedInterval = (
  a: readonly number[],
  b: readonly number[],
  confidence = 0.95,
): Interval => meanInterval(differences("compare arms", a, b), confidence);

/**
 * Two-sided p-value of the paired t test, I_{ν/(ν + t²)}(ν/2, ½) with ν = n − 1; 1 when all differences are equal, which
 * tells nothing of how they vary.
 *
 * @throws {RangeError} unless samples are finite, of equal length and not empty
 * @see scipy.stats.ttest_rel
 */
export function pairedTTest(a: readonly number[], b: readonly number[]): number {
  const d = differences("compare arms", a, b);
  if (d.length < 2 || !hasSpread(d)) return 1;
  const t = mean(d) / (standardDeviation(d) / Math.sqrt(d.length)), freedom = d.length - 1;
  // Not 1 less the distribution function: that is 0 where p is small.
  return jstat.ibeta(freedom / (freedom + t * t), freedom / 2, 0.5);
}

/**
 * Exact two-sided sign-flip permutation test of "the mean difference is 0": the share of all 2ⁿ sign patterns
 * whose mean is at least as far from 0. Its smallest possible value is 2^{1−n}.
 *
 * @param a at most 20 values
 * @throws {RangeError} for more, and as `pairedTTest`
 * @see scipy.stats.permutation_test with permutation_type "samples"
 */
export function signFlipTest(a: readonly number[], b: readonly number[]): number {
  const d = differences("compare arms", a, b);
  if (d.length > 20) {
    throw new RangeError(`Cannot flip signs exactly: n must be at most 20, found ${d.length}`);
  }
  const observed = Math.abs(d.reduce((s, v) => s + v, 0));
  const slack = 1e-12 * d.reduce((s, v) => s + Math.abs(v), 0);
  let extreme = 0;
  for (let pattern = 0; pattern < 2 ** d.length; pattern++) {
    const sum = d.reduce((s, v, i) => s + ((pattern >> i) & 1 ? -v : v), 0);
    if (Math.abs(sum) >= observed - slack) extreme++;
  }
  return extreme / 2 ** d.length;
}
