/**
 * Learning curves over seeds.
 *
 * @module
 */
import { mean } from "../stats/moments.ts";
import type { CellScore, ScoreOf } from "./cell_score.ts";
import { type Summary, summary } from "./summary.ts";

/** All seeds of an arm at an evaluation. */
export interface CurvePoint extends Summary {
  readonly iteration: number;
}

/** The mean at every evaluation over the seeds that reached it. */
export function learningCurve(runs: readonly CellScore[], evaluationEvery: number): CurvePoint[] {
  const length = Math.max(0, ...runs.map(({ curve }) => curve.length));
  return Array.from({ length }, (_, i) => ({
    iteration: i * evaluationEvery,
    ...summary(runs.flatMap(({ curve }) => i < curve.length ? [curve[i]] : []))!,
  }));
}

/** The mean over all evaluations of a run that finished. */
export const curveMean: ScoreOf = ({ final, curve }) =>
  final === undefined ? undefined : mean(curve);
