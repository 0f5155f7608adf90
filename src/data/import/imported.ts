/**
 * The result of an import.
 *
 * @module
 */
import type { StoredTensor } from "../../provenance/stored_tensor.ts";
import type { Floating, Matrix } from "./matrix.ts";
import type { Ranges } from "./scale.ts";
import type { ColumnRanges, Summary } from "./summary.ts";

/** Named arrays in the order of their file. */
export type NamedArrays = readonly (readonly [name: string, array: StoredTensor])[];

/** The arrays of `train.npz` and `normalization.npz`, and what to tell a person about them. */
export interface Imported {
  readonly train: NamedArrays;
  readonly normalization: NamedArrays;
  readonly summary: Summary;
}

/** Floats with a shape, in their own precision. */
export const stored = (shape: readonly number[], data: Floating): StoredTensor => ({
  dtype: data instanceof Float32Array ? "F32" : "F64",
  shape,
  data,
});

/** The arrays of `train.npz`. */
export function trainArrays(
  states: Matrix,
  actions: Matrix,
  rewards: Floating,
  terminals: Uint8Array,
  lengths: readonly number[],
): NamedArrays {
  const rows = states.rows;
  return [
    ["states", stored([rows, states.width], states.data)],
    ["actions", stored([rows, actions.width], actions.data)],
    ["rewards", stored([rows], rewards)],
    ["terminals", { dtype: "BOOL", shape: [rows], data: terminals }],
    ["traj_lengths", {
      dtype: "I64",
      shape: [lengths.length],
      data: BigInt64Array.from(lengths, BigInt),
    }],
  ];
}

/** The arrays of `normalization.npz`. */
export const normalizationArrays = (observations: Ranges, actions: Ranges): NamedArrays => [
  ["obs_min", stored([observations.min.length], observations.min)],
  ["obs_max", stored([observations.max.length], observations.max)],
  ["action_min", stored([actions.min.length], actions.min)],
  ["action_max", stored([actions.max.length], actions.max)],
];

/** Ranges as plain numbers. */
export const columnRanges = ({ min, max }: Ranges): ColumnRanges => ({
  min: Array.from(min),
  max: Array.from(max),
});
