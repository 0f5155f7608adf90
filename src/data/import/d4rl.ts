/**
 * D4RL's layout: flat arrays of transitions with flags that end episodes.
 *
 * @see Farama-Foundation/D4RL `d4rl/offline_env.py`; irom-lab/dppo `script/dataset/get_d4rl_dataset.py`
 * @module
 */
import { FormatError } from "../../provenance/format_error.ts";
import type { EnvSpec } from "../../rl/environment.ts";
import type { Hdf5File } from "../formats/hdf5.ts";
import { columnOf, flagsOf, matrixOf } from "./matrix.ts";
import type { Dropped, Episode, ImportOptions, Recording } from "./recording.ts";
import { verifyColumns } from "./verify.ts";

/**
 * Reads a D4RL file. Episodes end at a terminal or a timeout; in a file without timeouts, as in D4RL itself, after
 * as many steps as the environment allows.
 *
 * @throws {FormatError} naming the data set and the reason
 */
export function readD4rl(file: Hdf5File, spec: EnvSpec, options: ImportOptions): Recording {
  const matrix = (path: string, width: number, rows?: number) =>
    matrixOf(file.read(path), { width, rows }, file.name, path);
  const observations = matrix("observations", spec.observationSize);
  const { rows } = observations;
  const actions = matrix("actions", spec.actionSize, rows);
  const rewards = columnOf(file.read("rewards"), rows, file.name, "rewards");
  const flags = (path: string) => flagsOf(file.read(path), rows, file.name, path);
  const terminals = flags("terminals"), timed = file.kindOf("timeouts") !== "absent";
  const timeouts = timed ? flags("timeouts") : timeoutsOf(terminals, spec.maxEpisodeSteps);
  if (file.kindOf("next_observations") !== "absent") {
    matrix("next_observations", spec.observationSize, rows);
  }
  verifyColumns(file, "", rows, READ);
  if (file.kindOf("infos") === "group") verifyColumns(file, "infos", rows);
  return {
    layout: "d4rl",
    observations,
    actions,
    rewards,
    terminals,
    ...split(terminals, timeouts, spec, options, file.name),
    origin: timed ? {} : { timeouts: `none, after ${spec.maxEpisodeSteps} steps` },
  };
}

const READ = [
  "observations",
  "actions",
  "rewards",
  "terminals",
  "timeouts",
  "next_observations",
];

/** A timeout at each step that is the last one allowed since the start or the last terminal. */
function timeoutsOf(terminals: Uint8Array, maxSteps: number): Uint8Array {
  let steps = 0;
  return terminals.map((terminal) => {
    const last = ++steps === maxSteps;
    if (last || terminal === 1) steps = 0;
    return last ? 1 : 0;
  });
}

function split(
  terminals: Uint8Array,
  timeouts: Uint8Array,
  spec: EnvSpec,
  { keepUnfinished }: ImportOptions,
  file: string,
): { episodes: Episode[]; dropped: Dropped[] } {
  const episodes: Episode[] = [], dropped: Dropped[] = [];
  let start = 0;
  const close = (end: number) => {
    const length = end - start;
    if (length > spec.maxEpisodeSteps) {
      throw new FormatError(
        file,
        "terminals, timeouts",
        `no flag ends an episode in rows ${start}–${
          end - 1
        }, ${spec.name} allows ${spec.maxEpisodeSteps} steps`,
      );
    }
    episodes.push({ name: `rows ${start}–${end - 1}`, start, length });
    start = end;
  };
  terminals.forEach((terminal, row) => {
    if (terminal === 1 || timeouts[row] === 1) close(row + 1);
  });
  const left = terminals.length - start;
  if (left > 0 && keepUnfinished) close(terminals.length);
  else if (left > 0) {
    dropped.push({
      what: `rows ${start}–${terminals.length - 1} (${left} steps)`,
      why: "no flag closes them",
    });
  }
  return { episodes, dropped };
}
