/**
 * Both arms of several comparisons as score matrices.
 *
 * @module
 */
import type { ScoreMatrix } from "../stats/score_matrix.ts";
import { cellName, type CellScore } from "./cell_score.ts";
import { comparisons, MIN_SEEDS } from "./comparisons.ts";
import { normalizedScore } from "./normalized_score.ts";

/** Normalised final scores of both arms, `[run][comparison]`. */
export interface ArmMatrices {
  readonly cells: readonly string[];
  readonly adamw: ScoreMatrix;
  readonly adapg: ScoreMatrix;
}

/**
 * The comparisons whose arms share enough seeds, each with its first n of them, n being the least that any of these has.
 * Undefined where there is no such comparison.
 */
export function armMatrices(
  scores: readonly CellScore[],
  minSeeds = MIN_SEEDS,
): ArmMatrices | undefined {
  const full = comparisons(scores, minSeeds);
  if (full.length === 0) return undefined;
  const runs = Array.from({ length: Math.min(...full.map(({ seeds }) => seeds.length)) });
  const matrix = (side: "a" | "b") =>
    runs.map((_, run) => full.map((pairs) => normalizedScore(pairs, pairs[side][run])));
  return { cells: full.map(cellName), adamw: matrix("b"), adapg: matrix("a") };
}
