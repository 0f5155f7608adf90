/**
 * Corrections for testing many cells at once.
 *
 * @module
 */
import { probability, requireNumbers } from "./rules.ts";

/**
 * Holm's step-down adjusted p-values, in the order given: with p₍₁₎ ≤ … ≤ p₍ₘ₎,
 * p̃₍ᵢ₎ = max_{j ≤ i} min(1, (m − j + 1) p₍ⱼ₎). Rejecting p̃ ≤ α keeps the family-wise error below α.
 *
 * @throws {RangeError} unless all are in [0, 1]
 * @see Holm 1979; statsmodels multipletests with method "holm"
 */
export function holm(pValues: readonly number[]): number[] {
  return stepwise(pValues, (p, rank, m) => p * (m - rank), "ascending");
}

/**
 * Benjamini–Hochberg adjusted p-values: p̃₍ᵢ₎ = min_{j ≥ i} min(1, m p₍ⱼ₎ / j). Rejecting p̃ ≤ q keeps the
 * false discovery rate below q.
 *
 * @throws {RangeError} unless all are in [0, 1]
 * @see Benjamini & Hochberg 1995; scipy.stats.false_discovery_control
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  return stepwise(pValues, (p, rank, m) => p * m / (rank + 1), "descending");
}

/** Scales sorted p-values by rank (from 0) and makes them monotone from the named end. */
function stepwise(
  pValues: readonly number[],
  scale: (p: number, rank: number, m: number) => number,
  from: "ascending" | "descending",
): number[] {
  requireNumbers("adjust p-values", "pValues", probability, pValues);
  const order = pValues.map((_, i) => i).sort((i, j) => pValues[i] - pValues[j]);
  const scaled = order.map((i, rank) => Math.min(1, scale(pValues[i], rank, order.length)));
  if (from === "ascending") {
    for (let r = 1; r < scaled.length; r++) scaled[r] = Math.max(scaled[r], scaled[r - 1]);
  } else {
    for (let r = scaled.length - 2; r >= 0; r--) scaled[r] = Math.min(scaled[r], scaled[r + 1]);
  }
  const adjusted = new Array<number>(order.length);
  order.forEach((i, rank) => adjusted[i] = scaled[rank]);
  return adjusted;
}
