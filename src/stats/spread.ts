/**
 * How much a sample varies.
 *
 * @module
 */
import { hasSpread, standardDeviation } from "./moments.ts";

/**
 * The standard deviation; 0 where values differ by no more than rounding. Of three success rates of 0.18 it would be
 * 7 · 10⁻¹⁷, whose logarithm and whose ratio to another one mean nothing. NaN for fewer than two values.
 */
export const spread = (x: readonly number[]): number =>
  x.length > 1 && !hasSpread(x) ? 0 : standardDeviation(x);
