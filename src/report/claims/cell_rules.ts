/**
 * Rules about the two arms of comparisons.
 *
 * @module
 */
import { mean } from "../../stats/moments.ts";
import { holm } from "../../stats/multiple_comparisons.ts";
import { pairedInterval, pairedTTest } from "../../stats/paired.ts";
import { meanInterval } from "../../stats/t_interval.ts";
import type { Interval } from "../../stats/interval.ts";
import { ALL_METHODS, improvementOf } from "../aggregates.ts";
import {
  arms,
  cellName,
  type CellScore,
  distinct,
  type Pairs,
  type ScoreOf,
} from "../cell_score.ts";
import { comparisons } from "../comparisons.ts";
import { curveMean } from "../learning_curve.ts";
import { fourDigits, shownInterval } from "../numbers.ts";
import { armMatrices } from "../score_matrices.ts";
import { type Trials, withinRange } from "../summary.ts";
import type { RuleOf } from "./claim.ts";
import { inconclusive, type Judge, type Judgement } from "./judgement.ts";

const gain = ({ a, b }: Pairs): number => mean(a) - mean(b);

/** No comparison significantly worse, and the probability of improvement above one half. */
export const allCells: Judge<"all-cells"> = (rule, { scores, planned, key }) => {
  const all = distinct(planned.map(cellName)).length;
  const full = comparisons(scores, rule.minSeeds);
  const matrices = armMatrices(scores, rule.minSeeds);
  if (matrices === undefined) {
    return inconclusive(`no comparison has ${rule.minSeeds} seeds in both arms`);
  }
  const adjusted = holm(full.map((p) => pairedTTest(p.a, p.b)));
  const significant = (sign: number) =>
    full.filter((p, i) => adjusted[i] < rule.alpha && sign * gain(p) > 0).length;
  const { value, interval } = improvementOf(key, ALL_METHODS, matrices);
  const evidence = [
    `${full.length} of ${all} comparisons have at least ${rule.minSeeds} seeds: ${
      significant(1)
    } significantly better, ${significant(-1)} significantly worse (Holm, ${rule.alpha})`,
    `probability of improvement ${fourDigits(value)} ${shownInterval(interval)}`,
    ...divergedLine(scores),
  ];
  if (significant(-1) > 0 || interval.high < 0.5) return { verdict: "not supported", evidence };
  // Every comparison must have been made, and a run of ADAPG without a score is not better than any.
  const isComplete = full.length === all && diverged(scores, "adapg") === 0;
  return { verdict: interval.low > 0.5 && isComplete ? "supported" : "inconclusive", evidence };
};

const diverged = (scores: readonly CellScore[], optimizer: string): number =>
  scores.filter((s) => s.optimizer === optimizer && s.final === undefined).length;

/** Runs that the tests above cannot see. */
function divergedLine(scores: readonly CellScore[]): string[] {
  const [adapg, adamw] = ["adapg", "adamw"].map((arm) => diverged(scores, arm));
  if (adapg + adamw === 0) return [];
  return [`diverged and therefore in no pair: ${adapg} runs with ADAPG, ${adamw} with AdamW`];
}

/** The arms differ by less than a margin, a share of the AdamW arm's mean. */
export const equivalence: Judge<"equivalence"> = (rule, { scores }) =>
  overCells(rule, scores, (pairs, trials) => {
    const { low, high } = pairedInterval(pairs.a, pairs.b);
    const margin = rule.margin * Math.abs(mean(pairs.b));
    const note = marginNote(margin, trials);
    return { holds: low > -margin && high < margin, fails: low > 0 || high < 0, low, high, note };
  });

/** The margin, and whether it is less than one episode moves a run's success rate by. */
function marginNote(margin: number, { metric, episodes }: Trials): string {
  const shown = `margin ±${fourDigits(margin)}`, step = 1 / episodes;
  if (metric === "return" || margin >= step) return shown;
  return `${shown}, less than one of ${episodes} episodes counts (${fourDigits(step)})`;
}

/** A number that arms are compared by, and its name. */
interface Quantity {
  readonly name: string;
  /** Absent for the final score. */
  readonly of?: ScoreOf;
}

const FINAL: Quantity = { name: "final score" };
const CURVE_MEAN: Quantity = { name: "mean over the curve", of: curveMean };

/** The mean of the learning curve is higher. */
export const areaUnderCurve: Judge<"area-under-curve"> = (rule, { scores }) =>
  overCells(rule, scores, (pairs) => {
    const { low, high } = pairedInterval(pairs.a, pairs.b);
    return { holds: low > 0, fails: high < 0, low, high };
  }, CURVE_MEAN);

/** The gain has the same sign with every denoiser. */
export const sameSign: Judge<"same-sign"> = (rule, { scores }) => {
  const byDenoiser = Map.groupBy(scores, ({ variant }) => variant.denoiser ?? "mlp");
  const denoisers = [...byDenoiser.keys()];
  if (denoisers.length < 2) return inconclusive("fewer than two denoisers have results");
  const judged = [...byDenoiser.values()].map((own) => arms(named(own, rule.cells[0])));
  if (judged.some((p) => p.seeds.length < rule.minSeeds)) {
    return inconclusive(`fewer than ${rule.minSeeds} seeds with some denoiser`);
  }
  const bounds = judged.map((p) => pairedInterval(p.a, p.b));
  const evidence = denoisers.map((d, i) => `${d}: difference ${shownInterval(bounds[i])}`);
  const up = bounds.filter((b) => b.low > 0).length, down = bounds.filter((b) => b.high < 0).length;
  if (up === bounds.length) return { verdict: "supported", evidence };
  return { verdict: up > 0 && down > 0 ? "not supported" : "inconclusive", evidence };
};

/** The runs of an "env/method". */
const named = (scores: readonly CellScore[], cell: string): CellScore[] =>
  scores.filter((score) => cellName(score) === cell);

/** What a comparison says for and against a claim; both may be true, and then it holds. */
interface CellVerdict extends Interval {
  readonly holds: boolean;
  readonly fails: boolean;
  /** What else its numbers rest on. */
  readonly note?: string;
}

/** Supported when the claim holds in every comparison; if not, not supported when it fails in one. */
function overCells(
  { cells, minSeeds }: RuleOf<"equivalence" | "area-under-curve">,
  scores: readonly CellScore[],
  judge: (pairs: Pairs, trials: Trials) => CellVerdict,
  quantity = FINAL,
): Judgement {
  const runs = cells.map((cell) => named(scores, cell));
  const pairs = runs.map((own) => arms(own, quantity.of));
  const missing = cells.filter((_, i) => pairs[i].seeds.length < minSeeds);
  if (missing.length > 0) {
    return inconclusive(`fewer than ${minSeeds} seeds in both arms of ${missing.join(", ")}`);
  }
  const judged = pairs.map((own, i) => judge(own, runs[i][0]));
  const evidence = cells.map((cell, i) =>
    `${cell}, ${quantity.name}: ${numbersOf(pairs[i], judged[i], runs[i][0])}`
  );
  if (judged.every((j) => j.holds)) return { verdict: "supported", evidence };
  return { verdict: judged.some((j) => j.fails) ? "not supported" : "inconclusive", evidence };
}

/** The difference that a verdict rests on, and AdamW's side of it. */
function numbersOf(pairs: Pairs, { note, ...bounds }: CellVerdict, { metric }: Trials): string {
  const difference = shownInterval(withinRange(bounds, metric, -1));
  const adamw = shownInterval(withinRange(meanInterval(pairs.b), metric, 0));
  return `difference ${fourDigits(gain(pairs))} ${difference}, AdamW ${
    fourDigits(mean(pairs.b))
  } ${adamw}, n = ${pairs.seeds.length}${note === undefined ? "" : `, ${note}`}`;
}
