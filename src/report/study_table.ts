/**
 * A study's table: for every environment and method its arms, each compared with the first.
 *
 * @module
 */
import { cellName, type CellScore, type Compared, pairBySeed } from "./cell_score.ts";
import { scoreDifference, scoreSummary, startSummary, type Summary } from "./summary.ts";

/** One arm on one environment with one method. */
export interface StudyRow extends Compared {
  readonly arm: string;
  /** Before fine-tuning; without interval where all seeds start from one policy. */
  readonly pretrained: Summary | null;
  /** After it; null where no seed has finished. */
  readonly final: Summary | null;
  /** Fine-tuned minus pre-trained, over the seeds that finished. */
  readonly gain: Summary | null;
  /** This arm minus the first one of the study, over the seeds that finished in both; null for the first arm. */
  readonly difference: Summary | null;
  readonly diverged: number;
}

/** The rows of a table in the order in which its cells first appear. */
export const studyTable = (scores: readonly CellScore[]): StudyRow[] =>
  [...Map.groupBy(scores, cellName).values()].flatMap((cells) => {
    const arms = [...Map.groupBy(cells, ({ arm }) => arm).values()];
    return arms.map((own, i) => rowOf(own, i === 0 ? undefined : arms[0]));
  });

function rowOf(cells: readonly CellScore[], base: readonly CellScore[] | undefined): StudyRow {
  const [first] = cells, { env, method, arm } = first;
  const finished = cells.filter(({ final }) => final !== undefined);
  const finals = finished.map(({ final }) => final!);
  const pairs = base && pairBySeed(cells, base);
  return {
    env,
    method,
    arm,
    pretrained: startSummary(cells.map((cell) => cell.pretrained), first),
    final: scoreSummary(finals, first),
    gain: scoreDifference(finals, finished.map((cell) => cell.pretrained), first),
    difference: pairs === undefined ? null : scoreDifference(pairs.a, pairs.b, first),
    diverged: cells.length - finals.length,
  };
}
