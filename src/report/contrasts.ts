/**
 * Differences between arms that a study was made for.
 *
 * @module
 */
import { type Arm, armName } from "../experiments/cell.ts";
import type { BestOf, Contrast } from "../experiments/studies.ts";
import { mean } from "../stats/moments.ts";
import { cellName, type CellScore, type Compared, pairBySeed, type Pairs } from "./cell_score.ts";
import { scoreDifference, type Summary } from "./summary.ts";

/** One contrast in one environment with one method. */
export interface ContrastRow extends Compared {
  readonly contrast: Contrast;
  /** What is subtracted here; all of several arms where none shares a finished seed. */
  readonly minus: Arm | BestOf;
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
    const of = (arm: Arm) => cells.filter((cell) => cell.arm === armName(arm));
    return contrasts.map((contrast) => {
      const own = of(contrast.arm);
      const { arm, a, b } = best(
        armsOf(contrast.minus).map((arm) => ({ arm, ...pairBySeed(own, of(arm)) })),
      );
      const minus = a.length === 0 ? contrast.minus : arm;
      return { env, method, contrast, minus, difference: scoreDifference(a, b, first) };
    });
  });

const armsOf = (minus: Arm | BestOf): readonly Arm[] => "bestOf" in minus ? minus.bestOf : [minus];

/** The arm of the highest mean, of those that share the most seeds: no arm is best by the seeds that it survived. */
function best<P extends Pairs>(pairs: readonly P[]): P {
  const most = Math.max(...pairs.map(({ seeds }) => seeds.length));
  return pairs.filter(({ seeds }) => seeds.length === most)
    .reduce((x, y) => mean(y.b) > mean(x.b) ? y : x);
}
