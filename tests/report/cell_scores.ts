/** Scores without runs behind them. */
import type { CellScore } from "../../src/report/cell_score.ts";

/** One run of "env/method" from the defaults of its optimizer; `more` says what it scored. */
export function cellScore(
  cell: string,
  optimizer: string,
  seed: number,
  more: Partial<CellScore> & Pick<CellScore, "pretrained" | "curve">,
): CellScore {
  const [env, method] = cell.split("/");
  const trials = { metric: "return", episodes: 50, plain: null } as const;
  return { env, method, optimizer, arm: optimizer, seed, variant: {}, ...trials, ...more };
}

/** One run of which nothing but the scores before and after matters. */
export function run(
  cell: string,
  optimizer: string,
  seed: number,
  final?: number,
  pretrained = 0,
): CellScore {
  const curve = final === undefined ? [] : [0, final];
  return cellScore(cell, optimizer, seed, { pretrained, final, curve });
}

/** The runs of both arms, from their final scores by seed. */
export const pair = (
  cell: string,
  adapg: readonly number[],
  adamw: readonly number[],
  pretrained = 0,
): CellScore[] => [
  ...adapg.map((final, seed) => run(cell, "adapg", seed, final, pretrained)),
  ...adamw.map((final, seed) => run(cell, "adamw", seed, final, pretrained)),
];
