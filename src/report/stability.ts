/**
 * How steadily each arm trains.
 *
 * @module
 */
import { mean } from "../stats/moments.ts";
import { pairedTTest } from "../stats/paired.ts";
import { signTest } from "../stats/sign_test.ts";
import { spread } from "../stats/spread.ts";
import type { Interval } from "../stats/interval.ts";
import type { CellScore, ScoreOf } from "./cell_score.ts";
import { comparisons, MIN_SEEDS } from "./comparisons.ts";
import { pairedSummary } from "./summary.ts";

/** One measure of unsteadiness, ADAPG against AdamW over comparisons. */
export interface Steadiness {
  readonly measure: string;
  readonly comparisons: number;
  /** Comparisons where ADAPG's is smaller, and where it is larger. */
  readonly smaller: number;
  readonly larger: number;
  /** Exact sign test of the two counts. */
  readonly signP: number;
  /** Geometric mean of ADAPG's share of AdamW's, over the comparisons where neither is 0; null without any. */
  readonly ratio: Ratio | null;
}

/** A geometric mean with its 95 % t interval from two comparisons on, and p of the paired t test, both of logarithms. */
export interface Ratio {
  readonly value: number;
  readonly interval: Interval | null;
  readonly p: number;
}

/** Over seeds, and along each run; nothing where no comparison has enough seeds. */
export function stability(scores: readonly CellScore[]): Steadiness[] {
  const spreads = comparisons(scores).map(({ a, b }) => [a, b].map(spread));
  const jitter = comparisons(scores, MIN_SEEDS, jitterOf).map(({ a, b }) => [a, b].map(mean));
  return [
    ...steadiness("standard deviation of final scores over seeds", spreads),
    ...steadiness("change of a run’s score between evaluations, root mean square", jitter),
  ];
}

/** √mean (c_{i+1} − c_i)² over the evaluations of a run that finished. */
const jitterOf: ScoreOf = ({ final, curve }) =>
  final === undefined || curve.length < 2
    ? undefined
    : Math.sqrt(mean(curve.slice(1).map((score, i) => (score - curve[i]) ** 2)));

function steadiness(measure: string, pairs: readonly (readonly number[])[]): Steadiness[] {
  if (pairs.length === 0) return [];
  const smaller = pairs.filter(([adapg, adamw]) => adapg < adamw).length;
  const larger = pairs.filter(([adapg, adamw]) => adapg > adamw).length;
  const signP = signTest(smaller, smaller + larger);
  return [{ measure, comparisons: pairs.length, smaller, larger, signP, ratio: ratioOf(pairs) }];
}

function ratioOf(pairs: readonly (readonly number[])[]): Ratio | null {
  const logs = pairs.filter((pair) => pair.every((x) => x > 0)).map((pair) => pair.map(Math.log));
  const [adapg, adamw] = [0, 1].map((arm) => logs.map((pair) => pair[arm]));
  const found = pairedSummary(adapg, adamw);
  if (found === null) return null;
  const { mean, interval } = found;
  return {
    value: Math.exp(mean),
    interval: interval && { low: Math.exp(interval.low), high: Math.exp(interval.high) },
    p: pairedTTest(adapg, adamw),
  };
}
