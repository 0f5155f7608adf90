/**
 * What all environments of a method say together.
 *
 * @module
 */
import { address, type Key } from "../rng/key.ts";
import {
  interquartileMean,
  performanceProfile,
  probabilityOfImprovement,
} from "../stats/aggregate.ts";
import type { Interval } from "../stats/interval.ts";
import type { ScoreMatrix } from "../stats/score_matrix.ts";
import { stratifiedBand, stratifiedBootstrap } from "../stats/stratified_bootstrap.ts";
import type { CellScore } from "./cell_score.ts";
import { type ArmMatrices, armMatrices } from "./score_matrices.ts";

/** A statistic with its 95 % stratified bootstrap interval. */
export interface Estimate {
  readonly value: number;
  readonly interval: Interval;
}

/** A method over its environments, or all methods. */
export interface Aggregate {
  readonly group: string;
  /** The comparisons, as "env/method". */
  readonly cells: readonly string[];
  readonly seeds: number;
  /** Interquartile means of normalised scores over runs and environments. */
  readonly adamw: Estimate;
  readonly adapg: Estimate;
  /** The chance that a run with ADAPG beats one with AdamW. */
  readonly improvement: Estimate;
}

/** The group of all methods. */
export const ALL_METHODS = "all methods";

/** Every method with enough seeds somewhere, and all of them together. */
export const aggregates = (key: Key, scores: readonly CellScore[]): Aggregate[] => [
  ...[...Map.groupBy(scores, ({ method }) => method)].flatMap(([method, own]) =>
    aggregate(key, method, own)
  ),
  ...aggregate(key, ALL_METHODS, scores),
];

function aggregate(key: Key, group: string, scores: readonly CellScore[]): Aggregate[] {
  const matrices = armMatrices(scores);
  if (matrices === undefined) return [];
  const { cells, adamw, adapg } = matrices, own = address(key, "aggregate", group);
  const mean = (arm: string, matrix: ScoreMatrix): Estimate => ({
    value: interquartileMean(matrix),
    interval: stratifiedBootstrap(address(own, arm), [matrix], interquartileMean),
  });
  return [{
    group,
    cells,
    seeds: adamw.length,
    adamw: mean("adamw", adamw),
    adapg: mean("adapg", adapg),
    improvement: improvementOf(key, group, matrices),
  }];
}

/** The chance that a run with ADAPG beats one with AdamW. The report and the claims give the same one. */
export const improvementOf = (
  key: Key,
  group: string,
  { adapg, adamw }: ArmMatrices,
): Estimate => ({
  value: probabilityOfImprovement(adapg, adamw),
  interval: stratifiedBootstrap(
    address(key, "aggregate", group, "improvement"),
    [adapg, adamw],
    probabilityOfImprovement,
  ),
});

/** The share of runs above a normalised score, with a pointwise band. */
export interface ProfilePoint extends Interval {
  readonly arm: string;
  readonly threshold: number;
  readonly share: number;
}

const THRESHOLDS = 61;

/** Performance profiles of both arms over the range of all scores; empty where no cell has enough seeds. */
export function profiles(key: Key, scores: readonly CellScore[]): ProfilePoint[] {
  const matrices = armMatrices(scores);
  if (matrices === undefined) return [];
  const all = [...matrices.adamw, ...matrices.adapg].flat();
  const low = Math.min(0, ...all), step = (Math.max(...all) - low) / (THRESHOLDS - 1);
  const thresholds = Array.from({ length: THRESHOLDS }, (_, i) => low + i * step);
  return (["adamw", "adapg"] as const).flatMap((arm) => {
    const profile = (matrix: ScoreMatrix) => performanceProfile(matrix, thresholds);
    const band = stratifiedBand(address(key, "profile", arm), [matrices[arm]], profile);
    return profile(matrices[arm]).map((share, i) => ({
      arm,
      threshold: thresholds[i],
      share,
      ...band[i],
    }));
  });
}
