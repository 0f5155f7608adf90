/**
 * DPPO's own layout: a `train.npz` of normalised trajectories and the `normalization.npz` that belongs to it.
 *
 * @see irom-lab/dppo `agent/dataset/sequence.py`
 * @module
 */
import { FormatError } from "../../provenance/format_error.ts";
import { type StoredTensor, toFloat64 } from "../../provenance/stored_tensor.ts";
import type { EnvSpec } from "../../rl/environment.ts";
import { columnRanges, type Imported, normalizationArrays, trainArrays } from "./imported.ts";
import { columnOf, flagsOf, type Matrix, matrixOf, requireRows, sumOf } from "./matrix.ts";
import type { Episode, ImportOptions } from "./recording.ts";
import type { Ranges } from "./scale.ts";
import { spreadOf } from "./summary.ts";

/** All arrays of an npz file, and its name. */
export interface NamedArrayFile {
  readonly name: string;
  readonly arrays: ReadonlyMap<string, StoredTensor>;
}

/** How far outside [−1, 1] a normalised number may lie. */
const TOLERANCE = 1e-3;

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
  const { lengths, ...data } = trajectories(train, spec);
  if (normalization === undefined) {
    throw new FormatError(
      train.name,
      "",
      "needs the normalization.npz that belongs to it beside it",
    );
  }
  const observations = ranges(normalization, "obs", spec.observationSize);
  const actions = ranges(normalization, "action", spec.actionSize);
  const episodes: Episode[] = [];
  let start = 0;
  for (const length of lengths.slice(0, maxEpisodes)) {
    episodes.push({ name: `trajectory ${episodes.length}`, start, length });
    start += length;
  }
  const first = (matrix: Matrix): Matrix => ({
    ...matrix,
    rows: start,
    data: matrix.data.subarray(0, start * matrix.width),
  });
  const rewards = data.rewards.subarray(0, start), terminals = data.terminals.subarray(0, start);
  const kept = episodes.map((e) => e.length), left = lengths.length - kept.length;
  return {
    train: trainArrays(first(data.states), first(data.actions), rewards, terminals, kept),
    normalization: normalizationArrays(observations, actions),
    summary: {
      environment: spec.name,
      layout: "dppo",
      origin: {},
      episodes: kept.length,
      steps: start,
      returns: spreadOf(episodes.map((e) => sumOf(rewards, e.start, e.length))),
      lengths: spreadOf(kept),
      terminals: terminals.reduce((n, flag) => n + flag, 0),
      observations: columnRanges(observations),
      actions: columnRanges(actions),
      dropped: left > 0
        ? [{ what: `${left} trajectories`, why: `beyond the first ${maxEpisodes} episodes` }]
        : [],
      notes: kept.length === 0 ? ["there is nothing to train on"] : [],
    },
  };
}

function entry(npz: NamedArrayFile, name: string): StoredTensor {
  const found = npz.arrays.get(name);
  if (found === undefined) throw new FormatError(npz.name, name, "missing");
  return found;
}

/** A file of ranges is checked, and then refused for what it is. */
function requireTrajectories(npz: NamedArrayFile, spec: EnvSpec): void {
  if (npz.arrays.has("states") || !npz.arrays.has("obs_min")) return;
  ranges(npz, "obs", spec.observationSize);
  ranges(npz, "action", spec.actionSize);
  throw new FormatError(
    npz.name,
    "",
    "holds ranges only, import the train.npz that they belong to",
  );
}

function trajectories(npz: NamedArrayFile, spec: EnvSpec) {
  const lengths = lengthsOf(npz);
  const rows = lengths.reduce((sum, length) => sum + length, 0);
  const matrix = (name: string, width: number, expected?: number): Matrix => {
    const t = entry(npz, name);
    const shape = rows === 0 && t.data.length === 0 ? [0, width] : t.shape;
    return matrixOf({ ...t, shape }, { width, rows: expected }, npz.name, name);
  };
  const states = matrix("states", spec.observationSize);
  if (states.rows !== rows) {
    throw new FormatError(
      npz.name,
      "traj_lengths",
      `sum to ${rows}, states have ${states.rows} rows`,
    );
  }
  const actions = matrix("actions", spec.actionSize, rows);
  requireNormalised(states, npz.name, "states");
  requireNormalised(actions, npz.name, "actions");
  return {
    lengths,
    states,
    actions,
    rewards: columnOf(entry(npz, "rewards"), rows, npz.name, "rewards"),
    terminals: flagsOf(entry(npz, "terminals"), rows, npz.name, "terminals"),
  };
}

function lengthsOf(npz: NamedArrayFile): readonly number[] {
  const t = entry(npz, "traj_lengths"), lengths = Array.from(toFloat64(t));
  const bad = lengths.findIndex((length) => !Number.isSafeInteger(length) || length < 1);
  if (t.shape.length !== 1 || bad >= 0) {
    const found = bad < 0 ? `shape [${t.shape}]` : `entry ${bad} is ${lengths[bad]}`;
    throw new FormatError(npz.name, "traj_lengths", `${found}, need a list of lengths above 0`);
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

function ranges(npz: NamedArrayFile, prefix: string, width: number): Ranges {
  const read = (name: string) => columnOf(entry(npz, name), undefined, npz.name, name);
  const min = read(`${prefix}_min`), max = read(`${prefix}_max`);
  const bad = min.findIndex((low, i) => low > max[i]);
  if (bad >= 0) {
    throw new FormatError(
      npz.name,
      `${prefix}_min`,
      `column ${bad} is ${min[bad]}, above ${prefix}_max ${max[bad]}`,
    );
  }
  requireRows(min.length, width, npz.name, `${prefix}_min`);
  requireRows(max.length, width, npz.name, `${prefix}_max`);
  return { min, max };
}
