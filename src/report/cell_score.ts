/**
 * The outcome of one cell at one seed, as reports and verdicts read it.
 *
 * @module
 */

import { optimizerOptions } from "../experiments/arm_optimizer.ts";
import { armName, type Cell } from "../experiments/cell.ts";
import { type CellScores, plainSuccess } from "../experiments/score.ts";
import type { Trials } from "./summary.ts";

/** One trained policy's scores: returns or success rates, averaged over its evaluation episodes. */
export interface CellScore extends Trials {
  readonly env: string;
  readonly method: string;
  readonly optimizer: string;
  /** The optimizer and what it sets otherwise than its defaults. */
  readonly arm: string;
  readonly seed: number;
  /** What studies vary: `eps`, `omega`, `rate`, `trains` and `denoiser`, defaults included. */
  readonly variant: Readonly<Record<string, number | string>>;
  /** Of the policy before fine-tuning. */
  readonly pretrained: number;
  /** After the last iteration; absent when the run diverged. */
  readonly final?: number;
  /** Of every evaluation iteration, in order. */
  readonly curve: readonly number[];
  /** Shares of episodes with any successful step, before fine-tuning and after it; null where scores are returns. */
  readonly plain: { readonly pretrained: number; readonly final?: number } | null;
}

/** What a run is of, whether or not it has been run; its seed apart. */
export type CellKind = Pick<CellScore, "env" | "method" | "optimizer" | "arm" | "variant">;

/** What a cell's runs are of. */
export const kindOfCell = (cell: Cell): CellKind => ({
  env: cell.env,
  method: cell.method,
  optimizer: cell.optimizer,
  arm: armName(cell),
  variant: variantOf(cell),
});

/** A cell's scores as reports read them. */
export const scoreOfCell = (
  cell: Cell,
  { metric, pretrained, final, curve }: CellScores,
): CellScore => ({
  ...kindOfCell(cell),
  seed: cell.seed,
  metric,
  episodes: pretrained.episodes.length,
  pretrained: pretrained.score,
  final: final?.score,
  curve,
  plain: metric === "return" ? null : {
    pretrained: plainSuccess(pretrained.episodes),
    final: final === null ? undefined : plainSuccess(final.episodes),
  },
});

/** Every setting that some study varies. */
function variantOf(cell: Cell): CellScore["variant"] {
  const { eps, omega } = optimizerOptions(cell), { rate = 1, trains = "all" } = cell.variant;
  const { denoiser = "mlp" } = cell.variant;
  return { eps, ...(omega === undefined ? {} : { omega }), rate, trains, denoiser };
}

/** What is compared: what cells share that differ in their arm and seed alone. */
export type Compared = Pick<CellScore, "env" | "method">;

/** "env/method", the name of a comparison. */
export const cellName = ({ env, method }: Compared): string => `${env}/${method}`;

/** Distinct values in order of first appearance. */
export const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** What two sides score at the seeds that both have finished. */
export interface Pairs {
  readonly seeds: readonly number[];
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** A number of a run that finished; undefined where there is none. */
export type ScoreOf = (cell: CellScore) => number | undefined;

const finalOf: ScoreOf = ({ final }) => final;

/** Matches two sides by seed. */
export function pairBySeed(
  a: readonly CellScore[],
  b: readonly CellScore[],
  score: ScoreOf = finalOf,
): Pairs {
  const right = new Map(b.map((cell) => [cell.seed, score(cell)]));
  const matched = a.flatMap((cell) => {
    const x = score(cell), y = right.get(cell.seed);
    return x === undefined || y === undefined ? [] : [{ seed: cell.seed, x, y }];
  }).sort((p, q) => p.seed - q.seed);
  return {
    seeds: matched.map((p) => p.seed),
    a: matched.map((p) => p.x),
    b: matched.map((p) => p.y),
  };
}

/** The ADAPG and AdamW sides of one comparison's cells. */
export const arms = (cells: readonly CellScore[], score = finalOf): Pairs =>
  pairBySeed(
    cells.filter(({ optimizer }) => optimizer === "adapg"),
    cells.filter(({ optimizer }) => optimizer === "adamw"),
    score,
  );
