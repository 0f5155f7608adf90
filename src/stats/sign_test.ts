/**
 * Whether something happens more often than a coin shows heads.
 *
 * @module
 */

/**
 * Exact two-sided sign test: the chance that `trials` fair coins part at least as unequally as `successes` and the rest
 * do, min(1, 2 Σ_{k ≥ max(s, n − s)} C(n, k) / 2ⁿ). 1 without trials. Ties are left out before.
 *
 * @throws {RangeError} unless 0 ≤ successes ≤ trials, both integers
 * @see scipy.stats.binomtest with p = 0.5
 */
export function signTest(successes: number, trials: number): number {
  const isCount = Number.isInteger(successes) && Number.isInteger(trials);
  if (!isCount || successes < 0 || successes > trials) {
    throw new RangeError(
      `Cannot test signs: need integers 0 <= successes <= trials, found ${successes} of ${trials}`,
    );
  }
  // C(n, k) / 2ⁿ from k = n downwards.
  let term = 2 ** -trials, tail = 0;
  for (let k = trials; k >= Math.max(successes, trials - successes); k--) {
    tail += term;
    term *= k / (trials - k + 1);
  }
  return Math.min(1, 2 * tail);
}
