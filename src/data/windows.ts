/**
 * Training samples: an action chunk and the observations that led to it, never across trajectories.
 *
 * @see irom-lab/dppo `agent/dataset/sequence.py`, StitchedSequenceDataset
 * @module
 */
import { takeRows } from "../rl/rows.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";
import type { Trajectories } from "./dataset.ts";

/** Where a sample starts: its row, and how many steps that is after the trajectory's first. */
export interface WindowStart {
  readonly row: number;
  readonly age: number;
}

/** Which samples there are. */
export interface WindowConfig {
  /** H: actions per sample. */
  readonly horizonSteps: number;
  /** To: observations per sample. */
  readonly condSteps: number;
  /** Only the first so many trajectories are used; 10 000 in the reference. */
  readonly maxEpisodes?: number;
}

/** Every start that leaves room for H actions, in order. */
export function windowStarts(
  trajLengths: Int32Array,
  { horizonSteps, maxEpisodes = 10_000 }: WindowConfig,
): readonly WindowStart[] {
  const starts: WindowStart[] = [];
  let first = 0;
  for (const length of trajLengths.subarray(0, maxEpisodes)) {
    for (let age = 0; age + horizonSteps <= length; age++) starts.push({ row: first + age, age });
    first += length;
  }
  return starts;
}

/** Samples as rows. */
export interface Windows {
  /** [B, To · Do]: most recent last; the trajectory's first state stands in for what came before it. */
  readonly states: Tensor;
  /** [B, H · Da] */
  readonly actions: Tensor;
}

/** The samples at the given starts. */
export function gatherWindows(
  { states, actions }: Pick<Trajectories, "states" | "actions">,
  starts: readonly WindowStart[],
  { horizonSteps, condSteps }: WindowConfig,
): Windows {
  const stateRows = starts.flatMap(({ row, age }) => historyRows(row, age, condSteps));
  const actionRows = starts.flatMap(({ row }) =>
    Array.from({ length: horizonSteps }, (_, i) => row + i)
  );
  const shaped = (source: Tensor, rows: readonly number[], width: number) =>
    tensor([starts.length, width], takeRows(source, rows).data);
  return {
    states: shaped(states, stateRows, condSteps * states.shape[1]),
    actions: shaped(actions, actionRows, horizonSteps * actions.shape[1]),
  };
}

/** The rows of the last To states up to `row`, oldest first, not before the trajectory's start. */
const historyRows = (row: number, age: number, condSteps: number): number[] =>
  Array.from({ length: condSteps }, (_, i) => row - Math.min(condSteps - 1 - i, age));
