/**
 * Data sets as the arrays of `train.npz` and `normalization.npz`.
 *
 * @see irom-lab/dppo `script/dataset/get_d4rl_dataset.py`
 * @module
 */
import { FormatError, quote } from "../provenance/format_error.ts";
import { type StoredTensor, toFloat64 } from "../provenance/stored_tensor.ts";
import type { Normalization } from "../rl/normalize.ts";
import { type Doubles, type Tensor, tensor } from "../tensor/tensor.ts";
import type { Trajectories } from "./dataset.ts";

/** Arrays of a file by name. */
export type FileArrays = ReadonlyMap<string, StoredTensor>;

/** The arrays of `train.npz`. */
export function trajectoryArrays(train: Trajectories): [name: string, array: StoredTensor][] {
  const rows = train.rewards.length;
  const float = ({ shape, data }: Tensor): StoredTensor => ({
    dtype: "F32",
    shape,
    data: data as Float32Array,
  });
  const lengths = BigInt64Array.from(train.trajLengths, BigInt);
  return [
    ["states", float(train.states)],
    ["actions", float(train.actions)],
    ["rewards", { dtype: "F32", shape: [rows], data: train.rewards as Float32Array }],
    ["terminals", { dtype: "BOOL", shape: [rows], data: train.terminals }],
    ["traj_lengths", { dtype: "I64", shape: [lengths.length], data: lengths }],
  ];
}

/** The arrays of `normalization.npz`. */
export const normalizationArrays = (
  ranges: Normalization,
): [name: string, array: StoredTensor][] =>
  RANGES.map(([name, field]) => {
    const data = Float32Array.from(ranges[field]);
    return [name, { dtype: "F32", shape: [data.length], data }];
  });

const RANGES = [
  ["obs_min", "observationMin"],
  ["obs_max", "observationMax"],
  ["action_min", "actionMin"],
  ["action_max", "actionMax"],
] as const;

/**
 * The trajectories in the arrays of a `train.npz`.
 *
 * @throws {FormatError} when an array is missing, misshapen or not finite, or lengths do not add up
 */
export function parseTrajectories(arrays: FileArrays, file: string): Trajectories {
  const states = matrix(arrays, "states", file), actions = matrix(arrays, "actions", file);
  const rows = states.shape[0];
  requireRows(actions.shape[0], rows, "actions", file);
  const trajLengths = Int32Array.from(values(arrays, "traj_lengths", file));
  requireRows(trajLengths.reduce((a, b) => a + b, 0), rows, "sum of traj_lengths", file);
  const column = (name: string) => {
    const found = values(arrays, name, file);
    requireRows(found.length, rows, name, file);
    return found;
  };
  return {
    states,
    actions,
    rewards: Float32Array.from(column("rewards")),
    terminals: Uint8Array.from(column("terminals")),
    trajLengths,
  };
}

/**
 * The ranges in the arrays of a `normalization.npz`.
 *
 * @throws {FormatError} when a range is missing, not finite or upside down
 */
export function parseNormalization(arrays: FileArrays, file: string): Normalization {
  const ranges = Object.fromEntries(
    RANGES.map(([name, field]) => [field, values(arrays, name, file)]),
  ) as unknown as Normalization;
  requireOrder(ranges.observationMin, ranges.observationMax, "obs_min", file);
  requireOrder(ranges.actionMin, ranges.actionMax, "action_min", file);
  return ranges;
}

function values(arrays: FileArrays, name: string, file: string): Float64Array {
  const found = arrays.get(name);
  if (found === undefined) throw new FormatError(file, quote(name), "missing");
  const numbers = toFloat64(found);
  const bad = numbers.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) {
    throw new FormatError(file, quote(name), `number ${bad} is ${numbers[bad]}`);
  }
  return numbers;
}

function matrix(arrays: FileArrays, name: string, file: string): Tensor {
  const data = values(arrays, name, file), { shape } = arrays.get(name)!;
  if (shape.length !== 2) {
    throw new FormatError(file, quote(name), `shape [${shape}], rows of numbers are needed`);
  }
  return tensor(shape, Float32Array.from(data));
}

function requireRows(found: number, expected: number, what: string, file: string): void {
  if (found !== expected) {
    throw new FormatError(file, what, `is ${found}, states have ${expected} rows`);
  }
}

function requireOrder(min: Doubles, max: Doubles, name: string, file: string): void {
  if (min.length !== max.length) {
    throw new FormatError(
      file,
      quote(name),
      `has ${min.length} entries, its maximum has ${max.length}`,
    );
  }
  const bad = min.findIndex((low, i) => !(low <= max[i]));
  if (bad >= 0) {
    throw new FormatError(file, quote(name), `entry ${bad} is not below its maximum`);
  }
}
