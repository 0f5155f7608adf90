/**
 * Comparisons whose arms share enough seeds to say something.
 *
 * @module
 */
import {
  arms,
  cellName,
  type CellScore,
  distinct,
  type Pairs,
  type ScoreOf,
} from "./cell_score.ts";

/** Fewer seeds decide nothing. */
export const MIN_SEEDS = 3;

/** ADAPG (`a`) and AdamW (`b`) in one environment with one method. */
export interface Comparison extends Pairs {
  /** "env/method" */
  readonly cell: string;
}

/** Every comparison with enough seeds in both arms, of final scores unless another number of a run is asked for. */
export const comparisons = (
  scores: readonly CellScore[],
  minSeeds = MIN_SEEDS,
  score?: ScoreOf,
): Comparison[] =>
  distinct(scores.map(cellName)).map((cell) => ({ cell, ...arms(scores, cell, score) }))
    .filter(({ seeds }) => seeds.length >= minSeeds);
