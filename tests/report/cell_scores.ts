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
