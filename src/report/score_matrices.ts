/**
 * Both arms of several comparisons as score matrices.
 *
 * @module
 */
import type { ScoreMatrix } from "../stats/score_matrix.ts";
import { arms, cellName, type CellScore, distinct } from "./cell_score.ts";
import { normalizedScore } from "./normalized_score.ts";
import { MIN_SEEDS } from "./table1.ts";

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
  const all = distinct(scores.map(cellName)).map((name) => ({ name, ...arms(scores, name) }));
  const full = all.filter(({ seeds }) => seeds.length >= minSeeds);
  if (full.length === 0) return undefined;
  const runs = Array.from({ length: Math.min(...full.map(({ seeds }) => seeds.length)) });
  const matrix = (side: "a" | "b") =>
    runs.map((_, run) =>
      full.map((cell) => normalizedScore({ env: envOf(cell.name) }, cell[side][run]))
    );
  return { cells: full.map(({ name }) => name), adamw: matrix("b"), adapg: matrix("a") };
}

const envOf = (cell: string): string => cell.split("/")[0];
