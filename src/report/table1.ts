/**
 * Table I: for every method and environment both arms, their difference and what it says.
 *
 * @module
 */
import { arms, cellName, type CellScore, type Compared } from "./cell_score.ts";
import type { Verdict } from "./claims/judgement.ts";
import { MIN_SEEDS } from "./comparisons.ts";
import { scoreDifference, scoreSummary, startSummary, type Summary } from "./summary.ts";

/** One environment and method. */
export interface Table1Row extends Compared {
  /** Before fine-tuning; without interval where all seeds start from one policy. */
  readonly pretrained: Summary;
  /** After it; null where no seed has finished. */
  readonly adamw: Summary | null;
  readonly adapg: Summary | null;
  /** ADAPG minus AdamW, over the seeds that finished in both arms. */
  readonly difference: Summary | null;
  /** Each arm minus pre-trained, over the seeds that finished in it. */
  readonly gains: { readonly adamw: Summary | null; readonly adapg: Summary | null };
  readonly diverged: number;
  /** On "ADAPG is better than AdamW here". */
  readonly verdict: Verdict;
}

/** The rows of a table in the order in which its cells first appear. */
export const table1 = (scores: readonly CellScore[]): Table1Row[] =>
  [...Map.groupBy(scores, cellName).values()].map(rowOf);

function rowOf(cells: readonly CellScore[]): Table1Row {
  const [first] = cells, { env, method } = first;
  const finished = (optimizer: string) =>
    cells.filter((cell) => cell.optimizer === optimizer && cell.final !== undefined);
  const finals = (optimizer: string) => finished(optimizer).map((cell) => cell.final!);
  const gain = (optimizer: string) =>
    scoreDifference(finals(optimizer), finished(optimizer).map((cell) => cell.pretrained), first);
  const pairs = arms(cells);
  const difference = scoreDifference(pairs.a, pairs.b, first);
  return {
    env,
    method,
    pretrained: startSummary(onePerSeed(cells).map((cell) => cell.pretrained), first)!,
    adamw: scoreSummary(finals("adamw"), first),
    adapg: scoreSummary(finals("adapg"), first),
    difference,
    gains: { adamw: gain("adamw"), adapg: gain("adapg") },
    diverged: cells.filter((cell) => cell.final === undefined).length,
    verdict: verdictOn(difference),
  };
}

/** One run of each seed. */
export const onePerSeed = (cells: readonly CellScore[]): CellScore[] =>
  [...Map.groupBy(cells, ({ seed }) => seed).values()].map(([first]) => first);

/** Whether so few seeds are compared that no verdict but one is possible. */
export const isUndecidable = ({ difference }: Pick<Table1Row, "difference">): boolean =>
  (difference?.seeds ?? 0) < MIN_SEEDS;

/** A verdict, or that there was none to reach. */
export type Finding = Verdict | "too few seeds";

/** What the reader is told of a row. */
export const findingOf = (row: Table1Row): Finding =>
  isUndecidable(row) ? "too few seeds" : row.verdict;

function verdictOn(difference: Summary | null): Verdict {
  const interval = difference?.interval ?? null;
  if (interval === null || isUndecidable({ difference })) return "inconclusive";
  const { low, high } = interval;
  return low > 0 ? "supported" : high < 0 ? "not supported" : "inconclusive";
}
