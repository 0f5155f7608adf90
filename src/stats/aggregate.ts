/**
 * Point estimates over a score matrix.
 *
 * @see Agarwal et al. 2021, "Deep reinforcement learning at the edge of the statistical precipice"
 * @module
 */
import { mean } from "./moments.ts";
import { finite, requireNumber, requireNumbers } from "./rules.ts";
import { requireScores, type ScoreMatrix } from "./score_matrix.ts";

/**
 * Interquartile mean: the mean of what is left when ⌊n/4⌋ scores are cut at either end of all runs × tasks.
 *
 * @throws {RangeError} unless scores are finite and every run has the same tasks
 * @example
 * ```ts
 * import { interquartileMean } from "adpo";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(interquartileMean([[1], [2], [3], [100]]), 2.5);
 * ```
 */
export function interquartileMean(scores: ScoreMatrix): number {
  requireScores("take interquartile mean", scores);
  const sorted = Float64Array.from(scores.flat()).sort();
  const cut = Math.floor(sorted.length / 4);
  return mean([...sorted.subarray(cut, sorted.length - cut)]);
}

/**
 * How far runs fall short of `target` on average: mean of target − min(score, target).
 *
 * @throws {RangeError} unless scores and target are finite and every run has the same tasks
 */
export function optimalityGap(scores: ScoreMatrix, target = 1): number {
  requireScores("take optimality gap", scores);
  requireNumber("take optimality gap", "target", finite, target);
  return target - mean(scores.flat().map((s) => Math.min(s, target)));
}

/**
 * The chance that a run of X beats a run of Y on a task drawn at random, ties counted half:
 * the mean over tasks of the Mann–Whitney U statistic divided by n·m. X and Y may have different numbers of runs.
 *
 * @throws {RangeError} unless scores are finite and all runs have the same tasks
 */
export function probabilityOfImprovement(x: ScoreMatrix, y: ScoreMatrix): number {
  requireScores("take probability of improvement", x);
  requireScores("take probability of improvement", y);
  if (x[0].length !== y[0].length) {
    throw new RangeError(
      `Cannot take probability of improvement: X has ${x[0].length} tasks, Y has ${y[0].length}`,
    );
  }
  const wins = x[0].map((_, task) =>
    mean(x.flatMap((a) => y.map((b) => a[task] > b[task] ? 1 : a[task] === b[task] ? 0.5 : 0)))
  );
  return mean(wins);
}

/**
 * Performance profile: for each threshold τ the share of runs × tasks that score above it.
 *
 * @returns one number in [0, 1] per threshold
 * @throws {RangeError} unless scores and thresholds are finite and every run has the same tasks
 */
export function performanceProfile(scores: ScoreMatrix, thresholds: readonly number[]): number[] {
  requireScores("take performance profile", scores);
  requireNumbers("take performance profile", "thresholds", finite, thresholds);
  const all = scores.flat();
  return thresholds.map((tau) => all.filter((s) => s > tau).length / all.length);
}
