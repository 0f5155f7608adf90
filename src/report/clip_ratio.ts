/**
 * How far updates move the policy of DPPO, arm against arm: its clip fraction is the share of denoising steps whose
 * probability ratio leaves the clip range.
 *
 * @module
 */
import { cellPath, settingPath } from "../experiments/cell.ts";
import { mean } from "../stats/moments.ts";
import { distinct } from "./cell_score.ts";
import { MIN_SEEDS } from "./comparisons.ts";
import type { Evidence, Run, StudyEvidence } from "./evidence.ts";
import { geometricSummary, type Summary } from "./summary.ts";
import { lastQuarter } from "./training_logs.ts";

/** Two arms over the environments where both have enough seeds. */
export interface ClipRatios {
  readonly arm: string;
  readonly over: string;
  /** The first arm's long-run learning rate over the second's: each has η/(2 − ω), with ω = 1 for AdamW. */
  readonly rates: number;
  /** Geometric mean over seeds of the first arm's clip fraction over the second's, by environment. */
  readonly ratios: Readonly<Record<string, Summary>>;
}

/** ADAPG over AdamW, then arms of the same long-run rate, AdamW at a larger one, and every ω over AdamW. */
export function clipRatios(evidence: Evidence): ClipRatios[] {
  const runs = dppoRuns(evidence);
  const omegas = runs.filter(({ score: { arm } }) => arm === "adapg" || /^adapg-omega-/.test(arm));
  const swept = distinct(omegas.toSorted((a, b) => rateOf(a) - rateOf(b)).map((r) => r.score.arm));
  return [
    ["adapg", "adamw"],
    ["adapg", "adamw-rate-1.25"],
    ["adapg-rate-0.8", "adamw-eps-1e-11"],
    ["adamw-rate-1.25", "adamw"],
    ...swept.filter((arm) => arm !== "adapg").map((arm) => [arm, "adamw"]),
  ].flatMap(([arm, over]) => ratiosOf(runs, arm, over));
}

/** Studies in one setting share cells: each is taken once. */
function dppoRuns({ table1, decomposition, omega }: Evidence): Run[] {
  const found = [table1, decomposition, omega]
    .filter((study): study is StudyEvidence =>
      study !== undefined && table1 !== undefined &&
      settingPath(study.setting) === settingPath(table1.setting)
    );
  const runs = found.flatMap((study) => study.runs).filter(({ cell }) => cell.method === "dppo");
  return [...new Map(runs.map((run) => [cellPath(run.cell), run])).values()];
}

function rateOf({ score: { variant } }: Run): number {
  const { rate = 1, omega = 1 } = variant;
  return Number(rate) / (2 - Number(omega));
}

/** Nothing where no environment has enough seeds. */
function ratiosOf(runs: readonly Run[], arm: string, over: string): ClipRatios[] {
  const of = (name: string) => runs.filter(({ score }) => score.arm === name);
  const [a, b] = [of(arm), of(over)];
  const ratios = [...Map.groupBy(a, ({ cell }) => cell.env)].flatMap(([env, own]) => {
    const x = bySeed(own, b.filter(({ cell }) => cell.env === env));
    return x.length < MIN_SEEDS ? [] : [[env, geometricSummary(x)!] as const];
  });
  if (ratios.length === 0) return [];
  return [{ arm, over, rates: rateOf(a[0]) / rateOf(b[0]), ratios: Object.fromEntries(ratios) }];
}

/** Ratios of the seeds that finished in both arms and were clipped in both. */
function bySeed(a: readonly Run[], b: readonly Run[]): number[] {
  const base = new Map(b.map((run) => [run.cell.seed, clipFraction(run)]));
  return a.flatMap((run) => {
    const x = clipFraction(run), y = base.get(run.cell.seed) ?? 0;
    return x > 0 && y > 0 ? [x / y] : [];
  });
}

/** The mean over the last quarter of training; 0 where a run did not finish or logs none. */
function clipFraction(run: Run): number {
  const values = run.score.final === undefined ? [] : lastQuarter(run, "clipFrac");
  return values.length === 0 ? 0 : mean(values);
}
