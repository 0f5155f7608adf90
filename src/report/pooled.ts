/**
 * ADAPG against AdamW over all comparisons at once.
 *
 * @module
 */
import { mean, quantile } from "../stats/moments.ts";
import { spread } from "../stats/spread.ts";
import { widthOfPairing } from "../stats/unpaired.ts";
import type { CellScore } from "./cell_score.ts";
import { type Comparison, comparisons, MIN_SEEDS } from "./comparisons.ts";
import { curveMean } from "./learning_curve.ts";
import { normalizedScore } from "./normalized_score.ts";
import { type Summary, summary } from "./summary.ts";

/** What the comparisons with enough seeds say together. */
export interface Pooled {
  /** Mean of the comparisons' mean normalised differences, with its t interval over comparisons, which `seeds` counts. */
  readonly difference: Summary;
  /** The same of means over whole learning curves, and in how many comparisons ADAPG's is higher, and lower. */
  readonly curves: {
    readonly difference: Summary;
    readonly ahead: number;
    readonly behind: number;
  };
  /** Pairs of runs with the same seed, and in how many of them ADAPG scores higher, and lower. */
  readonly pairs: number;
  readonly ahead: number;
  readonly behind: number;
  /** Null where no arm varies. */
  readonly pairing: Pairing | null;
}

/** What it is worth to compare runs of the same seed. */
export interface Pairing {
  /** Median over comparisons of s²(a − b) / (s²(a) + s²(b)): below 1 where sharing seeds makes arms alike. */
  readonly variance: number;
  /** The fewest seeds of a comparison. */
  readonly seeds: number;
  /** How many times as wide fewer degrees of freedom make intervals with so many seeds. */
  readonly width: number;
}

/** Undefined where no comparison has enough seeds. */
export function pooled(scores: readonly CellScore[]): Pooled | undefined {
  const found = comparisons(scores), difference = summary(found.map(normalizedGain));
  if (difference === null) return undefined;
  const curves = comparisons(scores, MIN_SEEDS, curveMean).map(normalizedGain);
  const pairs = found.flatMap(({ a, b }) => a.map((x, i) => x - b[i]));
  return {
    difference,
    curves: { difference: summary(curves)!, ...signs(curves) },
    pairs: pairs.length,
    ...signs(pairs),
    pairing: pairingOf(found),
  };
}

const signs = (differences: readonly number[]) => ({
  ahead: differences.filter((x) => x > 0).length,
  behind: differences.filter((x) => x < 0).length,
});

function normalizedGain(pairs: Comparison): number {
  const scale = (score: number) => normalizedScore(pairs, score);
  return mean(pairs.a.map(scale)) - mean(pairs.b.map(scale));
}

function pairingOf(found: readonly Comparison[]): Pairing | null {
  const ratios = found.map(varianceRatio).filter(Number.isFinite);
  if (ratios.length === 0) return null;
  const seeds = Math.min(...found.map((pairs) => pairs.seeds.length));
  return { variance: quantile(ratios, 0.5), seeds, width: widthOfPairing(seeds) };
}

function varianceRatio({ a, b }: Comparison): number {
  const [paired, ...single] = [a.map((x, i) => x - b[i]), a, b].map((x) => spread(x) ** 2);
  return paired / (single[0] + single[1]);
}
