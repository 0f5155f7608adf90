/**
 * Percentile bootstrap intervals in which runs are resampled within each task.
 *
 * @see Agarwal et al. 2021, section 4; Efron & Tibshirani 1993, chapter 13
 * @module
 */
import { integers } from "../rng/draw.ts";
import { type Key, split } from "../rng/key.ts";
import type { Interval } from "./interval.ts";
import { quantile } from "./moments.ts";
import { integerFrom, notNaN, requireNumber, requireNumbers, share } from "./rules.ts";
import { requireScores, type ScoreMatrix } from "./score_matrix.ts";

/** How many resamples, and how much of their distribution the interval covers. */
export interface BootstrapOptions {
  /** Resamples, an integer from 1 (2000). */
  readonly resamples?: number;
  /** Share of the resamples between the ends, in (0, 1) (0.95). */
  readonly confidence?: number;
}

/**
 * The bootstrap interval of a statistic of one or more score matrices; each matrix is resampled on its own.
 *
 * With few runs (n < 10) percentile intervals are too narrow; use {@link pairedInterval} for single cells.
 *
 * @param key decides the resamples, so the interval is reproducible
 * @param matrices finite scores; within a matrix every run has the same tasks, two matrices may differ in size
 * @param statistic may be infinite, but not NaN
 * @throws {RangeError} when scores, the statistic of a resample or an option is not as said
 */
export const stratifiedBootstrap = (
  key: Key,
  matrices: readonly ScoreMatrix[],
  statistic: (...matrices: ScoreMatrix[]) => number,
  options: BootstrapOptions = {},
): Interval => stratifiedBand(key, matrices, (...drawn) => [statistic(...drawn)], options)[0];

/**
 * The bootstrap intervals of several statistics of the same resamples, each on its own: a pointwise band. Takes and
 * throws what `stratifiedBootstrap` does.
 */
export function stratifiedBand(
  key: Key,
  matrices: readonly ScoreMatrix[],
  statistics: (...matrices: ScoreMatrix[]) => readonly number[],
  { resamples = 2000, confidence = 0.95 }: BootstrapOptions = {},
): Interval[] {
  matrices.forEach((m) => requireScores("bootstrap", m));
  requireNumber("bootstrap", "resamples", integerFrom(1), resamples);
  requireNumber("bootstrap", "confidence", share, confidence);
  const values = split(key, resamples).map((k) => {
    const keys = split(k, matrices.length);
    const found = statistics(...matrices.map((m, i) => resample(keys[i], m)));
    requireNumbers("bootstrap", "statistics", notNaN, found);
    return found;
  });
  const tail = (1 - confidence) / 2;
  return values[0].map((_, i) => {
    const column = values.map((row) => row[i]);
    return { low: quantile(column, tail), high: quantile(column, 1 - tail) };
  });
}

/** Runs drawn with replacement, for every task independently. */
function resample(key: Key, scores: ScoreMatrix): ScoreMatrix {
  const runs = scores.length, tasks = scores[0].length;
  const pick = integers(key, runs * tasks, runs);
  return scores.map((row, r) => row.map((_, t) => scores[pick[r * tasks + t]][t]));
}
