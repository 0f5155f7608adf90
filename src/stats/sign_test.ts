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
  // C(n, k) from the middle outwards, as multiples of the middle one: 2⁻ⁿ is 0 from n = 1075 on.
  const from = Math.max(successes, trials - successes);
  let term = 1, all = 0, tail = 0;
  for (let k = Math.ceil(trials / 2); k <= trials; k++) {
    const both = 2 * k === trials ? term : 2 * term;
    all += both;
    if (k >= from) tail += both;
    term *= (trials - k) / (k + 1);
  }
  return tail / all;
}
