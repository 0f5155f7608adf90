/**
 * ADAPG against AdamW over all comparisons at once.
 *
 * @module
 */
import { mean, quantile, standardDeviation } from "../stats/moments.ts";
import type { CellScore } from "./cell_score.ts";
import { type Comparison, comparisons } from "./comparisons.ts";
import { normalizedScore } from "./normalized_score.ts";
import { type Summary, summary } from "./summary.ts";

/** What the comparisons with enough seeds say together. */
export interface Pooled {
  /** Mean of the comparisons' mean normalised differences, with its t interval over comparisons, which `seeds` counts. */
  readonly difference: Summary;
  /** Pairs of runs with the same seed, and in how many of them ADAPG scores higher, and lower. */
  readonly pairs: number;
  readonly ahead: number;
  readonly behind: number;
  /**
   * Median over comparisons of s²(a − b) / (s²(a) + s²(b)): below 1 where sharing seeds makes arms alike. Null where no
   * arm varies.
   */
  readonly pairing: number | null;
}

/** Undefined where no comparison has enough seeds. */
export function pooled(scores: readonly CellScore[]): Pooled | undefined {
  const found = comparisons(scores), difference = summary(found.map(normalizedGain));
  if (difference === null) return undefined;
  const signs = found.flatMap(({ a, b }) => a.map((x, i) => Math.sign(x - b[i])));
  const ratios = found.map(varianceRatio).filter(Number.isFinite);
  return {
    difference,
    pairs: signs.length,
    ahead: signs.filter((sign) => sign > 0).length,
    behind: signs.filter((sign) => sign < 0).length,
    pairing: ratios.length === 0 ? null : quantile(ratios, 0.5),
  };
}

function normalizedGain(pairs: Comparison): number {
  const scale = (score: number) => normalizedScore(pairs, score);
  return mean(pairs.a.map(scale)) - mean(pairs.b.map(scale));
}

function varianceRatio({ a, b }: Comparison): number {
  const [paired, ...single] = [a.map((x, i) => x - b[i]), a, b].map((x) =>
    standardDeviation(x) ** 2
  );
  return paired / (single[0] + single[1]);
}
