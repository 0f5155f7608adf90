/**
 * What training logged towards its end.
 *
 * @module
 */
import type { Logged, Run } from "./evidence.ts";

/** The share of training iterations, from the end, that is averaged. */
const LAST = 0.25;

/** Evaluation iterations train nothing and log other numbers. */
export const trainingLogs = ({ logs }: Pick<Run, "logs">): Logged[] =>
  logs.filter(({ mode }) => mode === "train");

/** A logged number in the last quarter of a run's training iterations; values that are not finite are left out. */
export function lastQuarter(run: Pick<Run, "logs">, name: string): number[] {
  const training = trainingLogs(run);
  return training.slice(Math.floor((1 - LAST) * training.length)).map((log) => log[name])
    .filter((value): value is number => typeof value === "number" && Number.isFinite(value));
}
