/**
 * Mean, standard deviation and quantile of a sample.
 *
 * @module
 */

/** Arithmetic mean; NaN for an empty sample. */
export const mean = (x: readonly number[]): number => x.reduce((s, v) => s + v, 0) / x.length;

/** Unbiased standard deviation, √(Σ(x − x̄)² / (n − 1)); NaN for fewer than two values. */
export function standardDeviation(x: readonly number[]): number {
  const m = mean(x);
  return x.length < 2 ? NaN : Math.sqrt(x.reduce((s, v) => s + (v - m) ** 2, 0) / (x.length - 1));
}

/**
 * Whether values differ by more than rounding. Scores lie on a grid where they are success rates of few episodes, so
 * that some are equal by chance: then their standard deviation says nothing of how they vary.
 */
export const hasSpread = (x: readonly number[]): boolean =>
  Math.max(...x) - Math.min(...x) > 1e-9 * Math.max(...x.map(Math.abs));

/**
 * The q-quantile with linear interpolation between order statistics, as NumPy's default. Between equal values, infinite
 * ones included, there is nothing to interpolate.
 *
 * @param q in [0, 1]
 */
export function quantile(x: readonly number[], q: number): number {
  const sorted = Float64Array.from(x).sort();
  const position = q * (sorted.length - 1), below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  const step = sorted[above] === sorted[below] ? 0 : sorted[above] - sorted[below];
  return sorted[below] + (position - below) * step;
}
