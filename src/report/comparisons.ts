/**
 * Comparisons whose arms share enough seeds to say something.
 *
 * @module
 */
import {
  arms,
  cellName,
  type CellScore,
  type Compared,
  type Pairs,
  type ScoreOf,
} from "./cell_score.ts";

/** Fewer seeds decide nothing. */
export const MIN_SEEDS = 3;

/** ADAPG (`a`) and AdamW (`b`) in one environment with one method. */
export interface Comparison extends Compared, Pairs {
  /** All its runs, whether or not they have a pair. */
  readonly runs: readonly CellScore[];
}

/** Every comparison with enough seeds in both arms, of final scores unless another number of a run is asked for. */
export const comparisons = (
  scores: readonly CellScore[],
  minSeeds = MIN_SEEDS,
  score?: ScoreOf,
): Comparison[] =>
  [...Map.groupBy(scores, cellName).values()]
    .map((runs) => ({ env: runs[0].env, method: runs[0].method, runs, ...arms(runs, score) }))
    .filter(({ seeds }) => seeds.length >= minSeeds);
