/**
 * Runs by the value of one hyperparameter, ε or ω.
 *
 * @module
 */
import { mean } from "../../stats/moments.ts";
import { holm } from "../../stats/multiple_comparisons.ts";
import { pairedTTest } from "../../stats/paired.ts";
import { spread } from "../../stats/spread.ts";
import { type CellKind, type CellScore, distinct, pairBySeed } from "../cell_score.ts";
import { fourDigits } from "../numbers.ts";
import type { RuleOf, SweepRule } from "./claim.ts";
import type { Found } from "./judgement.ts";

const valueOf = (rule: SweepRule, cell: CellKind): number => Number(cell.variant[rule.parameter]);

/** The runs with one value. */
export const withValue = (
  rule: SweepRule,
  scores: readonly CellScore[],
  value: number,
): CellScore[] => scores.filter((s) => valueOf(rule, s) === value);

/** The scores of the runs with one value that did not diverge. */
export const finals = (rule: SweepRule, scores: readonly CellScore[], value: number): number[] =>
  withValue(rule, scores, value).flatMap((s) => s.final === undefined ? [] : [s.final]);

/** Every value in ascending order. */
export const valuesOf = (rule: SweepRule, cells: readonly CellKind[]): number[] =>
  distinct(cells.map((s) => valueOf(rule, s))).sort((a, b) => a - b);

/** Every environment of the experiment, run or not. */
export const environmentsOf = ({ scores, planned }: Found): string[] =>
  distinct([...planned, ...scores].map(({ env }) => env));

/** The runs in an environment. */
export const runsIn = ({ scores }: Found, env: string): CellScore[] =>
  scores.filter((s) => s.env === env);

/** All values that were to be run in an environment, run or not. */
export const sweptValues = (rule: SweepRule, { scores, planned }: Found, env: string): number[] =>
  valuesOf(rule, [...planned, ...scores].filter((cell) => cell.env === env));

/** Mean and standard deviation by value. */
export const summaryOf = (
  rule: SweepRule,
  scores: readonly CellScore[],
  values: readonly number[],
): string =>
  values.map((v) => {
    const x = finals(rule, scores, v);
    if (x.length === 0) {
      return `${v}: ${withValue(rule, scores, v).length === 0 ? "not run" : "diverged"}`;
    }
    const deviation = x.length < 2 ? "" : ` ± ${fourDigits(spread(x))}`;
    return `${v}: ${fourDigits(mean(x))}${deviation} (n = ${x.length})`;
  }).join("; ");

/** Values that one value beats and is beaten by. */
export interface Outcomes {
  /** Whether all pairs of values share enough seeds; where they do not, no one wins. */
  readonly enough: boolean;
  readonly wins: readonly number[];
  readonly losses: readonly number[];
}

/** Paired t tests of `a` against each of `others`, Holm-adjusted. */
export function against(
  rule: RuleOf<"best-of" | "best-of-range">,
  scores: readonly CellScore[],
  a: number,
  others: readonly number[],
): Outcomes {
  const pairs = others.map((b) =>
    pairBySeed(withValue(rule, scores, a), withValue(rule, scores, b))
  );
  const enough = pairs.every((p) => p.seeds.length >= rule.minSeeds);
  if (!enough) return { enough, wins: [], losses: [] };
  const adjusted = holm(pairs.map((p) => pairedTTest(p.a, p.b)));
  const significant = (sign: number) =>
    others.filter((_, i) =>
      adjusted[i] < rule.alpha && sign * (mean(pairs[i].a) - mean(pairs[i].b)) > 0
    );
  return { enough, wins: significant(1), losses: significant(-1) };
}
