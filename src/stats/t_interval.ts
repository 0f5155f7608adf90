/**
 * Student's t interval of one sample.
 *
 * @module
 */
import jstat from "jstat";
import type { Interval } from "./interval.ts";
import { hasSpread, mean, standardDeviation } from "./moments.ts";
import { finite, requireNumber, requireNumbers, share } from "./rules.ts";

/**
 * Student's t interval for the mean: x̄ ± t_{n−1} · s/√n. Infinite for fewer than two values and for values that are all
 * equal, of which s tells nothing.
 *
 * @param confidence in (0, 1)
 * @throws {RangeError} unless all values are finite and confidence is allowed
 * @see scipy.stats.t.interval
 */
export function meanInterval(x: readonly number[], confidence = 0.95): Interval {
  requireNumbers("take t interval", "x", finite, x);
  requireNumber("take t interval", "confidence", share, confidence);
  if (x.length < 2 || !hasSpread(x)) return { low: -Infinity, high: Infinity };
  const t = jstat.studentt.inv(1 - (1 - confidence) / 2, x.length - 1);
  const half = t * standardDeviation(x) / Math.sqrt(x.length);
  return { low: mean(x) - half, high: mean(x) + half };
}
