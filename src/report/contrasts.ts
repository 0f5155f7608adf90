/**
 * Differences between arms that a study was made for.
 *
 * @module
 */
import { armName } from "../experiments/cell.ts";
import type { Contrast } from "../experiments/studies.ts";
import { cellName, type CellScore, type Compared, pairBySeed } from "./cell_score.ts";
import { scoreDifference, type Summary } from "./summary.ts";

/** One contrast in one environment with one method. */
export interface ContrastRow extends Compared {
  readonly contrast: Contrast;
  /** Of final scores, paired by seed; null where the arms share no finished seed. */
  readonly difference: Summary | null;
}

/** Every contrast of every environment and method that has runs. */
export const contrastRows = (
  contrasts: readonly Contrast[],
  scores: readonly CellScore[],
): ContrastRow[] =>
  [...Map.groupBy(scores, cellName).values()].flatMap((cells) => {
    const [first] = cells, { env, method } = first;
    const of = (arm: Contrast["arm"]) => cells.filter((cell) => cell.arm === armName(arm));
    return contrasts.map((contrast) => {
      const { a, b } = pairBySeed(of(contrast.arm), of(contrast.minus));
      return { env, method, contrast, difference: scoreDifference(a, b, first) };
    });
  });
