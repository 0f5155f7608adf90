/**
 * The result of an import.
 *
 * @module
 */
import { type NamedArrays, rangeArrays, trainArrays, type TrainColumns } from "../data_files.ts";
import { sumOf } from "./matrix.ts";
import type { Ranges } from "./scale.ts";
import { type ColumnRanges, type ImportSummary, spreadOf } from "./summary.ts";

/** The arrays of `train.npz` and `normalization.npz`, and what to tell a person about them. */
export interface Imported {
  readonly train: NamedArrays;
  readonly normalization: NamedArrays;
  readonly summary: ImportSummary;
}

/** What an importer found in a file, beside what the columns say of themselves. */
export interface Findings
  extends Pick<ImportSummary, "environment" | "layout" | "origin" | "dropped" | "notes"> {
  readonly observations: Ranges;
  readonly actions: Ranges;
}

/** The result for normalised columns, whose rewards are in the environment's units. */
export function importedOf(train: TrainColumns, findings: Findings): Imported {
  const { observations, actions, ...about } = findings, { rewards, terminals } = train;
  const lengths = Array.from(train.lengths);
  let end = 0;
  const returns = lengths.map((length) => {
    end += length;
    return sumOf(rewards, end - length, length);
  });
  return {
    train: trainArrays(train),
    normalization: rangeArrays(observations, actions),
    summary: {
      ...about,
      episodes: lengths.length,
      steps: rewards.length,
      returns: spreadOf(returns),
      lengths: spreadOf(lengths),
      terminals: terminals.reduce((n, flag) => n + flag, 0),
      observations: columnRanges(observations),
      actions: columnRanges(actions),
    },
  };
}

/** Ranges as plain numbers. */
const columnRanges = ({ min, max }: Ranges): ColumnRanges => ({
  min: Array.from(min),
  max: Array.from(max),
});
