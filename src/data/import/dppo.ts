/**
 * DPPO's own layout: a `train.npz` of normalised trajectories and the `normalization.npz` that belongs to it.
 *
 * @see irom-lab/dppo `agent/dataset/sequence.py`
 * @module
 */
import { FormatError } from "../../provenance/format_error.ts";
import type { EnvSpec } from "../../rl/environment.ts";
import { type FileArrays, readRanges, readTrain } from "../data_files.ts";
import { type Imported, importedOf } from "./imported.ts";
import type { Matrix } from "./matrix.ts";
import { type ImportOptions, requireSum } from "./recording.ts";
import { requireExtents } from "./scale.ts";

/** All arrays of an npz file, and its name. */
export interface NamedArrayFile {
  readonly name: string;
  readonly arrays: FileArrays;
}

/**
 * Reads and checks a pair of files. No trajectories at all are allowed, as in the reference's empty `val.npz`.
 *
 * @throws {FormatError} naming the file, the entry and the reason
 */
export function readDppo(
  train: NamedArrayFile,
  normalization: NamedArrayFile | undefined,
  spec: EnvSpec,
  { maxEpisodes = Infinity }: ImportOptions,
): Imported {
  requireTrajectories(train, spec);
  const data = readTrain(train.arrays, train.name, spec), lengths = Array.from(data.lengths);
  if (normalization === undefined) {
    throw new FormatError(
      train.name,
      "",
      "needs the normalization.npz that belongs to it beside it",
    );
  }
  const { observations, actions } = rangesOf(normalization, spec);
  requireExtents(observations, normalization.name, "obs_min, obs_max");
  requireExtents(actions, normalization.name, "action_min, action_max");
  requireSum(data.rewards, train.name);
  const kept = lengths.slice(0, maxEpisodes), rows = kept.reduce((n, length) => n + length, 0);
  const first = (matrix: Matrix): Matrix => ({
    ...matrix,
    rows,
    data: matrix.data.subarray(0, rows * matrix.width),
  });
  const left = lengths.length - kept.length;
  return importedOf({
    states: first(data.states),
    actions: first(data.actions),
    rewards: data.rewards.subarray(0, rows),
    terminals: data.terminals.subarray(0, rows),
    lengths: kept,
  }, {
    environment: spec.name,
    layout: "dppo",
    origin: {},
    observations,
    actions,
    dropped: left > 0
      ? [{ what: `${left} trajectories`, why: `beyond the first ${maxEpisodes} episodes` }]
      : [],
    notes: kept.length === 0 ? ["there is nothing to train on"] : [],
  });
}

const rangesOf = ({ arrays, name }: NamedArrayFile, spec: EnvSpec) => ({
  observations: readRanges(arrays, name, "obs", spec.observationSize),
  actions: readRanges(arrays, name, "action", spec.actionSize),
});

/** A file of ranges is checked, and then refused for what it is. */
function requireTrajectories(npz: NamedArrayFile, spec: EnvSpec): void {
  if (npz.arrays.has("states") || !npz.arrays.has("obs_min")) return;
  rangesOf(npz, spec);
  throw new FormatError(
    npz.name,
    "",
    "holds ranges only, import the train.npz that they belong to",
  );
}
