/**
 * From recorded steps to a normalised data set, as the reference's conversion scripts do it.
 *
 * @see irom-lab/dppo `script/dataset/get_d4rl_dataset.py`, `process_robomimic_dataset.py`
 * @module
 */
import { FormatError } from "../../provenance/format_error.ts";
import type { EnvSpec } from "../../rl/environment.ts";
import { type Imported, importedOf } from "./imported.ts";
import { type Floating, gatherSpans, type Matrix, sumOf } from "./matrix.ts";
import {
  type Dropped,
  type Episode,
  type ImportOptions,
  type Recording,
  requireSum,
} from "./recording.ts";
import { type Ranges, rangesOf, requireExtents, scaledRows } from "./scale.ts";

/**
 * Chooses episodes, takes ranges and normalises.
 *
 * @throws {FormatError} when an action is too large or no episode is left
 */
export function convert(
  recording: Recording,
  spec: EnvSpec,
  options: ImportOptions,
  file: string,
): Imported {
  requireActions(recording, options.actionLimit, file);
  requireSum(recording.rewards, file);
  const { kept, dropped } = chooseEpisodes(recording, options);
  if (kept.length === 0) {
    throw new FormatError(file, "", `no episode is left${reasonsOf(dropped)}`);
  }
  const robomimic = recording.layout === "robomimic", reference = options.ranges === "reference";
  const scale = (matrix: Matrix, name: string) => {
    const all = [{ start: 0, length: matrix.rows }];
    const ranges = rangesOf(matrix, reference && !robomimic ? all : kept, reference && robomimic);
    requireExtents(ranges, file, name);
    return { ranges, scaled: scaledRows(matrix, kept, ranges) };
  };
  const observations = scale(recording.observations, "observations");
  const actions = scale(recording.actions, "actions");
  const rewards = gatherSpans(recording.rewards, kept), lengths = kept.map((e) => e.length);
  const terminals = robomimic && options.terminals === "reference"
    ? new Uint8Array(rewards.length)
    : gatherSpans(recording.terminals, kept);
  return importedOf({
    states: observations.scaled,
    actions: actions.scaled,
    rewards,
    terminals,
    lengths,
  }, {
    environment: spec.name,
    layout: recording.layout,
    origin: recording.origin,
    observations: observations.ranges,
    actions: actions.ranges,
    dropped: [...recording.dropped, ...dropped],
    notes: [
      ...constants("observation", observations.ranges),
      ...constants("action", actions.ranges),
    ],
  });
}

/** Why the first of many episodes were dropped, in brackets. */
function reasonsOf(dropped: readonly Dropped[]): string {
  if (dropped.length === 0) return "";
  const first = dropped.slice(0, 4).map(({ what, why }) => `${what}: ${why}`).join("; ");
  return ` (${first}${dropped.length > 4 ? `; and ${dropped.length - 4} more` : ""})`;
}

/** Requires every action component within ±limit. */
function requireActions({ actions, episodes }: Recording, limit: number, file: string): void {
  const { width, data } = actions;
  const bad = data.findIndex((a) => Math.abs(a) > limit);
  if (bad < 0) return;
  const row = Math.floor(bad / width);
  const episode = episodes.find((e) => row >= e.start && row < e.start + e.length);
  throw new FormatError(
    file,
    `actions of ${episode?.name ?? `row ${row}`}`,
    `row ${row - (episode?.start ?? row)}, column ${bad % width} is ${
      data[bad]
    }, the limit is ±${limit}`,
  );
}

/** robomimic's demonstrations are all kept; they were chosen by the reader. */
function chooseEpisodes(
  { layout, episodes, rewards }: Recording,
  { maxEpisodes = Infinity, keepNonpositive }: ImportOptions,
): { kept: readonly Episode[]; dropped: readonly Dropped[] } {
  if (layout === "robomimic") return { kept: episodes, dropped: [] };
  const dropped: Dropped[] = [];
  if (episodes.length > maxEpisodes) {
    const count = episodes.length - maxEpisodes;
    dropped.push({ what: `${count} episodes`, why: `beyond the first ${maxEpisodes} episodes` });
  }
  const kept = episodes.slice(0, maxEpisodes).filter((episode) => {
    const value = returnOf(rewards, episode);
    if (keepNonpositive || value > 0) return true;
    dropped.push({ what: episode.name, why: `return ${value} is not above 0` });
    return false;
  });
  return { kept, dropped };
}

/** Σ r over an episode. */
const returnOf = (rewards: Floating, { start, length }: Episode): number =>
  sumOf(rewards, start, length);

const constants = (name: string, { min, max }: Ranges): string[] =>
  Array.from(min, (low, i) => low === max[i] ? `${name} ${i} is constant` : "").filter((n) =>
    n !== ""
  );
