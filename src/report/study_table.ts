/**
 * A study's table: for every environment and method its arms, each compared with the first.
 *
 * @module
 */
import { cellName, type CellScore, distinct, pairBySeed } from "./cell_score.ts";
import { pairedSummary, type Summary, summary } from "./summary.ts";

/** One arm on one environment with one method. */
export interface StudyRow {
  readonly env: string;
  readonly method: string;
  readonly arm: string;
  /** Before fine-tuning. */
  readonly pretrained: Summary | null;
  /** After it; null where no seed has finished. */
  readonly final: Summary | null;
  /** This arm minus the first one of the study, over the seeds that finished in both; null for the first arm. */
  readonly difference: Summary | null;
  readonly diverged: number;
}

/** The rows of a table in the order in which its cells first appear. */
export const studyTable = (scores: readonly CellScore[]): StudyRow[] =>
  distinct(scores.map(cellName)).flatMap((name) => {
    const cells = scores.filter((score) => cellName(score) === name);
    const arms = distinct(cells.map(({ arm }) => arm));
    const of = (arm: string) => cells.filter((cell) => cell.arm === arm);
    return arms.map((arm, i) => rowOf(of(arm), i === 0 ? undefined : of(arms[0])));
  });

function rowOf(cells: readonly CellScore[], first: readonly CellScore[] | undefined): StudyRow {
  const [{ env, method, arm }] = cells;
  const finals = cells.flatMap(({ final }) => final === undefined ? [] : [final]);
  const pairs = first && pairBySeed(cells, first);
  return {
    env,
    method,
    arm,
    pretrained: summary(cells.map((cell) => cell.pretrained)),
    final: summary(finals),
    difference: pairs === undefined ? null : pairedSummary(pairs.a, pairs.b),
    diverged: cells.length - finals.length,
  };
}
