/**
 * Data sets as the arrays of `train.npz` and `normalization.npz`.
 *
 * @see irom-lab/dppo `script/dataset/get_d4rl_dataset.py`, `agent/dataset/sequence.py`
 * @module
 */
import { FormatError } from "../provenance/format_error.ts";
import type { StoredTensor } from "../provenance/stored_tensor.ts";
import type { EnvSpec } from "../rl/environment.ts";
import type { Normalization } from "../rl/normalize.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";
import type { Trajectories } from "./dataset.ts";
import {
  columnOf,
  flagsOf,
  type Floating,
  type Matrix,
  matrixOf,
  requireRows,
} from "./import/matrix.ts";
import type { Ranges } from "./import/scale.ts";

/** Arrays of a file by name. */
export type FileArrays = ReadonlyMap<string, StoredTensor>;

/** Named arrays in the order of their file. */
export type NamedArrays = readonly (readonly [name: string, array: StoredTensor])[];

/** The columns of `train.npz` in the precision of the file. */
export interface TrainColumns {
  /** [ΣL, Do] */
  readonly states: Matrix;
  /** [ΣL, Da] */
  readonly actions: Matrix;
  readonly rewards: Floating;
  readonly terminals: Uint8Array;
  /** Rows of each trajectory. */
  readonly lengths: ArrayLike<number>;
}

/** How many numbers an observation and an action have. */
export type Sizes = Pick<EnvSpec, "observationSize" | "actionSize">;

/** How far outside [−1, 1] a normalised number may lie. */
const TOLERANCE = 1e-3;

const stored = (shape: readonly number[], data: Floating): StoredTensor => ({
  dtype: data instanceof Float32Array ? "F32" : "F64",
  shape,
  data,
});

/** The arrays of `train.npz`. */
export function trainArrays(train: TrainColumns): NamedArrays {
  const { states, actions, rewards, terminals } = train;
  const lengths = BigInt64Array.from(Array.from(train.lengths, BigInt));
  return [
    ["states", stored([states.rows, states.width], states.data)],
    ["actions", stored([actions.rows, actions.width], actions.data)],
    ["rewards", stored([rewards.length], rewards)],
    ["terminals", { dtype: "BOOL", shape: [terminals.length], data: terminals }],
    ["traj_lengths", { dtype: "I64", shape: [lengths.length], data: lengths }],
  ];
}

/** The arrays of the `train.npz` of generated data. */
export function trajectoryArrays(train: Trajectories): NamedArrays {
  const matrix = ({ shape: [rows, width], data }: Tensor): Matrix => ({
    rows,
    width,
    data: data as Float32Array,
  });
  return trainArrays({
    states: matrix(train.states),
    actions: matrix(train.actions),
    rewards: train.rewards as Float32Array,
    terminals: train.terminals,
    lengths: train.trajLengths,
  });
}

/**
 * The columns in the arrays of a `train.npz`. No trajectories at all are allowed, as in the reference's empty
 * `val.npz`.
 *
 * @throws {FormatError} naming the entry when it is missing, misshapen, not finite or not normalised, or when
 *   lengths do not add up
 */
export function readTrain(arrays: FileArrays, file: string, sizes: Sizes): TrainColumns {
  const lengths = lengthsOf(arrays, file);
  const rows = lengths.reduce((sum, length) => sum + length, 0);
  const matrix = (name: string, width: number, expected?: number): Matrix => {
    const t = entry(arrays, name, file);
    const shape = rows === 0 && t.data.length === 0 ? [0, width] : t.shape;
    const found = matrixOf({ ...t, shape }, { width, rows: expected }, file, name);
    requireNormalised(found, file, name);
    return found;
  };
  const states = matrix("states", sizes.observationSize);
  if (states.rows !== rows) {
    throw new FormatError(file, "traj_lengths", `sum to ${rows}, states have ${states.rows} rows`);
  }
  return {
    lengths,
    states,
    actions: matrix("actions", sizes.actionSize, rows),
    rewards: columnOf(entry(arrays, "rewards", file), rows, file, "rewards"),
    terminals: flagsOf(entry(arrays, "terminals", file), rows, file, "terminals"),
  };
}

/**
 * The trajectories in the arrays of a `train.npz`, in float32, which training computes in.
 *
 * @throws {FormatError} as {@link readTrain}, and when there is none
 */
export function parseTrajectories(arrays: FileArrays, file: string, sizes: Sizes): Trajectories {
  const { states, actions, rewards, terminals, lengths } = readTrain(arrays, file, sizes);
  if (lengths.length === 0) throw new FormatError(file, "traj_lengths", "there is no trajectory");
  const rounded = ({ rows, width, data }: Matrix) => tensor([rows, width], Float32Array.from(data));
  return {
    states: rounded(states),
    actions: rounded(actions),
    rewards: Float32Array.from(rewards),
    terminals,
    trajLengths: Int32Array.from(lengths),
  };
}

/** The arrays of `normalization.npz` in the precision of the ranges. */
export const rangeArrays = (observations: Ranges, actions: Ranges): NamedArrays => [
  ["obs_min", stored([observations.min.length], observations.min)],
  ["obs_max", stored([observations.max.length], observations.max)],
  ["action_min", stored([actions.min.length], actions.min)],
  ["action_max", stored([actions.max.length], actions.max)],
];

/** The arrays of `normalization.npz` in float32. */
export function normalizationArrays(ranges: Normalization): NamedArrays {
  const { observationMin, observationMax, actionMin, actionMax } = ranges;
  const single = (values: Iterable<number>) => Float32Array.from(values);
  return rangeArrays(
    { min: single(observationMin), max: single(observationMax) },
    { min: single(actionMin), max: single(actionMax) },
  );
}

/**
 * The ranges of observations or actions in the arrays of a `normalization.npz`.
 *
 * @param width how many numbers they must have
 * @throws {FormatError} when one is missing, not finite, of another length or upside down
 */
export function readRanges(
  arrays: FileArrays,
  file: string,
  prefix: "obs" | "action",
  width?: number,
): Ranges {
  const low = `${prefix}_min`, high = `${prefix}_max`;
  const read = (name: string, rows?: number) =>
    columnOf(entry(arrays, name, file), rows, file, name);
  const min = read(low), max = read(high, min.length);
  const bad = min.findIndex((value, i) => value > max[i]);
  if (bad >= 0) {
    throw new FormatError(file, low, `column ${bad} is ${min[bad]}, above ${high} ${max[bad]}`);
  }
  requireRows(min.length, width, file, low);
  return { min, max };
}

/**
 * The ranges in the arrays of a `normalization.npz`.
 *
 * @param sizes how many numbers they must have, where that is known
 * @throws {FormatError} as {@link readRanges}
 */
export function parseNormalization(
  arrays: FileArrays,
  file: string,
  sizes?: Sizes,
): Normalization {
  const observations = readRanges(arrays, file, "obs", sizes?.observationSize);
  const actions = readRanges(arrays, file, "action", sizes?.actionSize);
  return {
    observationMin: Float64Array.from(observations.min),
    observationMax: Float64Array.from(observations.max),
    actionMin: Float64Array.from(actions.min),
    actionMax: Float64Array.from(actions.max),
  };
}

function entry(arrays: FileArrays, name: string, file: string): StoredTensor {
  const found = arrays.get(name);
  if (found === undefined) throw new FormatError(file, name, "missing");
  return found;
}

function lengthsOf(arrays: FileArrays, file: string): readonly number[] {
  const t = entry(arrays, "traj_lengths", file), lengths = Array.from(t.data, Number);
  const bad = lengths.findIndex((length) => !Number.isSafeInteger(length) || length < 1);
  if (t.shape.length !== 1 || bad >= 0) {
    const found = bad < 0 ? `shape [${t.shape}]` : `entry ${bad} is ${lengths[bad]}`;
    throw new FormatError(file, "traj_lengths", `${found}, need a list of lengths above 0`);
  }
  return lengths;
}

function requireNormalised({ width, data }: Matrix, file: string, place: string): void {
  const bad = data.findIndex((x) => Math.abs(x) > 1 + TOLERANCE);
  if (bad < 0) return;
  const row = Math.floor(bad / width);
  throw new FormatError(
    file,
    place,
    `row ${row}, column ${bad % width} is ${data[bad]}, need normalised numbers in [−1, 1]`,
  );
}
