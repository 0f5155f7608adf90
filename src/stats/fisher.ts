/**
 * Fisher's exact test for a 2 × 2 table.
 *
 * @module
 */
import jstat from "jstat";
import { integerFrom, requireNumbers } from "./rules.ts";

/**
 * Two-sided p-value of "rows and columns are independent" for the counts [[a, b], [c, d]]: the total
 * hypergeometric probability of tables with the same margins that are no likelier than the one observed.
 *
 * @throws {RangeError} unless all counts are integers >= 0
 * @see scipy.stats.fisher_exact
 */
export function fisherExact(a: number, b: number, c: number, d: number): number {
  requireNumbers("test exactly", "counts", integerFrom(0), [a, b, c, d]);
  const row = a + b, column = a + c, total = a + b + c + d;
  const probability = (x: number) => jstat.hypgeom.pdf(x, total, row, column);
  const observed = probability(a) * (1 + 1e-7);
  let p = 0;
  for (let x = Math.max(0, row + column - total); x <= Math.min(row, column); x++) {
    if (probability(x) <= observed) p += probability(x);
  }
  return Math.min(1, p);
}
