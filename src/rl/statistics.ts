/**
 * Moments and quantiles of a batch.
 *
 * @module
 */

/** The mean and the unbiased standard deviation (NaN for a single value). */
export function moments(x: ArrayLike<number>): { readonly mean: number; readonly std: number } {
  let sum = 0, squares = 0;
  for (let i = 0; i < x.length; i++) sum += x[i];
  const mean = sum / x.length;
  for (let i = 0; i < x.length; i++) squares += (x[i] - mean) ** 2;
  return { mean, std: Math.sqrt(squares / (x.length - 1)) };
}

/** (x − mean) / (std + ε) with the unbiased standard deviation. */
export function standardized(x: ArrayLike<number>, epsilon: number): Float32Array<ArrayBuffer> {
  const { mean, std } = moments(x);
  return Float32Array.from(x, (v) => (v - mean) / (std + epsilon));
}

/** The q-quantile, linear between the two nearest order statistics. */
export function quantile(x: ArrayLike<number>, q: number): number {
  const sorted = Float64Array.from(x).sort(), at = q * (sorted.length - 1);
  const below = Math.floor(at), above = Math.ceil(at);
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
}

/** 1 − Var(target − prediction) / Var(target); 0 where the target is constant, so that nothing is to explain. */
export function explainedVariance(
  prediction: ArrayLike<number>,
  target: ArrayLike<number>,
): number {
  const residual = Float64Array.from(target, (t, i) => t - prediction[i]);
  const spread = moments(target).std;
  return spread === 0 ? 0 : 1 - (moments(residual).std / spread) ** 2;
}
