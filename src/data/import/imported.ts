/**
 * The result of an import.
 *
 * @module
 */
import type { NamedArrays } from "../data_files.ts";
import type { Ranges } from "./scale.ts";
import type { ColumnRanges, Summary } from "./summary.ts";

/** The arrays of `train.npz` and `normalization.npz`, and what to tell a person about them. */
export interface Imported {
  readonly train: NamedArrays;
  readonly normalization: NamedArrays;
  readonly summary: Summary;
}

/** Ranges as plain numbers. */
export const columnRanges = ({ min, max }: Ranges): ColumnRanges => ({
  min: Array.from(min),
  max: Array.from(max),
});
