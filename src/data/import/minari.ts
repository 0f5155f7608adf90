/**
 * Minari's layout: one group per episode, with one observation more than actions.
 *
 * @see https://minari.farama.org/content/dataset_standards/
 * @module
 */
import { FormatError } from "../../provenance/format_error.ts";
import type { Json } from "../../provenance/strict_json.ts";
import type { EnvSpec } from "../../rl/environment.ts";
import type { Hdf5File } from "../formats/hdf5.ts";
import { shown } from "../formats/printable.ts";
import { numberAttribute } from "./attributes.ts";
import { requireDistinct } from "./distinct.ts";
import { columnOf, flagsOf, type Matrix, matrixOf } from "./matrix.ts";
import { consecutive, type Episode, type Recording } from "./recording.ts";
import { parseShortJson } from "./short_json.ts";
import { stack, stackColumns } from "./stack.ts";
import { verifyColumns } from "./verify.ts";

/** The bytes of `metadata.json` beside the data, under its name. */
export interface MinariMetadata {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const EPISODE = /^episode_(\d+)$/;

/**
 * Reads a Minari file in the order of the episodes' numbers. The observation after the last action of an episode
 * is not part of the data set.
 *
 * @throws {FormatError} naming the data set and the reason
 */
export function readMinari(file: Hdf5File, spec: EnvSpec, metadata?: MinariMetadata): Recording {
  const { origin, totals } = checkMetadata(metadata, spec);
  const names = file.namesIn("").filter((name) => EPISODE.test(name))
    .sort((a, b) => Number(a.slice(8)) - Number(b.slice(8)));
  requireDistinct(file, names);
  const parts = names.map((name) => readEpisode(file, name, spec));
  const episodes = consecutive(parts.map((p, i) => ({ name: names[i], length: p.rewards.length })));
  requireTotals(totals, episodes, metadata?.name ?? file.name);
  return {
    layout: "minari",
    observations: stack(parts.map((p) => p.observations), spec.observationSize, file.name),
    actions: stack(parts.map((p) => p.actions), spec.actionSize, file.name),
    rewards: stackColumns(parts.map((p) => p.rewards), file.name),
    terminals: stackColumns(parts.map((p) => p.terminals), file.name),
    episodes,
    dropped: [],
    origin,
  };
}

function readEpisode(file: Hdf5File, group: string, spec: EnvSpec) {
  const at = (name: string) => `${group}/${name}`;
  const actions = matrixOf(
    file.read(at("actions")),
    { width: spec.actionSize },
    file.name,
    at("actions"),
  );
  const steps = actions.rows;
  const declared = numberAttribute(file, group, "total_steps");
  if (declared !== undefined && declared !== steps) {
    throw new FormatError(
      file.name,
      group,
      `total_steps is ${declared}, actions have ${steps} rows`,
    );
  }
  if (steps === 0 || steps > spec.maxEpisodeSteps) {
    throw new FormatError(
      file.name,
      group,
      `${steps} steps, ${spec.name} has 1 to ${spec.maxEpisodeSteps}`,
    );
  }
  const observed = matrixOf(
    file.read(at("observations")),
    { width: spec.observationSize, rows: steps + 1 },
    file.name,
    at("observations"),
  );
  const flags = (name: string) => flagsOf(file.read(at(name)), steps, file.name, at(name));
  const terminals = flags("terminations"), truncations = flags("truncations");
  requireOneEnd(terminals, truncations, file.name, group);
  if (file.kindOf(at("infos")) === "group") verifyColumns(file, at("infos"), steps + 1);
  return {
    observations: withoutLastRow(observed),
    actions,
    rewards: columnOf(file.read(at("rewards")), steps, file.name, at("rewards")),
    terminals,
  };
}

const withoutLastRow = ({ rows, width, data }: Matrix): Matrix => ({
  rows: rows - 1,
  width,
  data: data.subarray(0, (rows - 1) * width),
});

/** An episode may end only with its last step. */
function requireOneEnd(
  terminals: Uint8Array,
  truncations: Uint8Array,
  file: string,
  group: string,
) {
  const row = terminals.findIndex((t, i) => t === 1 || truncations[i] === 1);
  if (row >= 0 && row < terminals.length - 1) {
    throw new FormatError(file, group, `ends at step ${row} of ${terminals.length}, more follow`);
  }
}

const IDS: Readonly<Record<string, string>> = {
  hopper: "Hopper",
  walker2d: "Walker2d",
  halfcheetah: "HalfCheetah",
};

type Fields = Readonly<Record<string, Json>>;

/** Requires the numbers of episodes and steps that the metadata give. */
function requireTotals(declared: Fields, episodes: readonly Episode[], file: string): void {
  const found = {
    total_episodes: episodes.length,
    total_steps: episodes.reduce((n, { length }) => n + length, 0),
  };
  for (const [name, count] of Object.entries(found)) {
    if (declared[name] === undefined || declared[name] === count) continue;
    throw new FormatError(file, name, `is ${shown(declared[name])}, the data have ${count}`);
  }
}

/** Checks the environment's name where the metadata give it; the spaces are texts with non-standard literals. */
function checkMetadata(
  metadata: MinariMetadata | undefined,
  spec: EnvSpec,
): { readonly origin: Record<string, string>; readonly totals: Fields } {
  if (metadata === undefined) return { origin: {}, totals: {} };
  const { name, bytes } = metadata;
  const value = parseShortJson(bytes, name);
  if (!isRecord(value)) throw new FormatError(name, "", "not a JSON object");
  const origin: Record<string, string> = {};
  if (typeof value.dataset_id === "string") origin.dataset_id = value.dataset_id;
  if (typeof value.env_spec === "string") {
    const env = parseShortJson(value.env_spec, `${name} env_spec`);
    const id = isRecord(env) ? env.id : undefined;
    if (typeof id !== "string" || id.replace(/-v\d+$/, "") !== IDS[spec.name]) {
      const needed = IDS[spec.name] ?? `another layout for ${spec.name}`;
      throw new FormatError(name, "env_spec", `id is ${shown(id)}, need ${needed}`);
    }
    origin.env_id = id;
  }
  return { origin, totals: value };
}

const isRecord = (value: Json): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
