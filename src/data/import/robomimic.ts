/**
 * robomimic's low-dimensional layout: one group per demonstration, observations by key.
 *
 * @see https://robomimic.github.io/docs/datasets/overview.html; irom-lab/dppo
 *      `script/dataset/process_robomimic_dataset.py`
 * @module
 */
import { FormatError } from "../../provenance/format_error.ts";
import type { Json } from "../../provenance/strict_json.ts";
import type { EnvSpec } from "../../rl/environment.ts";
import type { Hdf5File } from "../formats/hdf5.ts";
import { shown } from "../formats/printable.ts";
import { numberAttribute, textAttribute } from "./attributes.ts";
import { requireDistinct } from "./distinct.ts";
import { columnOf, flagsOf, type Matrix, matrixOf } from "./matrix.ts";
import { consecutive, type ImportOptions, type Recording } from "./recording.ts";
import { selectDemos } from "./robomimic_masks.ts";
import { parseShortJson } from "./short_json.ts";
import { stack, stackColumns } from "./stack.ts";
import { verifyColumns } from "./verify.ts";

const ENVIRONMENTS: Readonly<Record<string, string>> = {
  lift: "Lift",
  can: "PickPlaceCan",
  square: "NutAssemblySquare",
};

/**
 * Reads a robomimic file in the order of the demonstrations' numbers. An observation is end-effector position (3)
 * and quaternion (4), gripper joints (2) and object.
 *
 * @throws {FormatError} naming the data set and the reason
 */
export function readRobomimic(file: Hdf5File, spec: EnvSpec, options: ImportOptions): Recording {
  const origin = checkEnvironment(file, spec);
  const demos = numberedDemos(file);
  const { used, dropped } = selectDemos(file, demos.map((d) => d.name), options);
  const chosen = demos.filter((demo) => used.has(demo.name));
  const parts = chosen.map((demo) => readDemo(file, demo, spec));
  checkTotal(file, demos);
  return {
    layout: "robomimic",
    observations: stack(parts.map((p) => p.observations), spec.observationSize, file.name),
    actions: stack(parts.map((p) => p.actions), spec.actionSize, file.name),
    rewards: stackColumns(parts.map((p) => p.rewards), file.name),
    terminals: stackColumns(parts.map((p) => p.terminals), file.name),
    episodes: consecutive(chosen),
    dropped,
    origin,
  };
}

/**
 * What the file says about its environment, which must be the given one.
 *
 * @throws {FormatError} when it is another or not given
 */
export function checkEnvironment(file: Hdf5File, spec: EnvSpec): Record<string, string> {
  const text = textAttribute(file, "data", "env_args");
  const args = parseShortJson(text, `${file.name} env_args`) as
    | Readonly<Record<string, Json>>
    | null;
  const name = args?.env_name, expected = ENVIRONMENTS[spec.name];
  if (typeof name !== "string" || name !== expected) {
    throw new FormatError(
      file.name,
      "env_args",
      `env_name is ${shown(name)}, ${spec.name} needs ${expected ?? "another layout"}`,
    );
  }
  const version = args?.env_version;
  return { env_name: name, ...(typeof version === "string" ? { env_version: version } : {}) };
}

/** A demonstration and its declared length. */
export interface Demo {
  readonly name: string;
  readonly length: number;
}

/**
 * All demonstrations, sorted by number.
 *
 * @throws {FormatError} when a length is missing or none, or when two are the same group
 */
export function numberedDemos(file: Hdf5File): readonly Demo[] {
  const names = file.namesIn("data").filter((name) => /^demo_\d+$/.test(name));
  names.sort((a, b) => Number(a.slice(5)) - Number(b.slice(5)));
  requireDistinct(file, names.map((name) => `data/${name}`));
  return names.map((name) => {
    const length = numberAttribute(file, `data/${name}`, "num_samples");
    if (length === undefined || !Number.isSafeInteger(length) || length < 1) {
      throw new FormatError(
        file.name,
        `data/${name}`,
        `attribute num_samples is ${length ?? "missing"}`,
      );
    }
    return { name, length };
  });
}

/** The sum of all lengths, where the file gives it. */
function checkTotal(file: Hdf5File, demos: readonly Demo[]): void {
  const sum = demos.reduce((n, demo) => n + demo.length, 0);
  const total = numberAttribute(file, "data", "total");
  if (total !== undefined && total !== sum) {
    throw new FormatError(
      file.name,
      "data",
      `attribute total is ${total}, num_samples sum to ${sum}`,
    );
  }
}

function readDemo(file: Hdf5File, { name, length: rows }: Demo, spec: EnvSpec) {
  const at = (key: string) => `data/${name}/${key}`;
  const matrix = (key: string, width: number) =>
    matrixOf(file.read(at(key)), { width, rows }, file.name, at(key));
  const actions = matrix("actions", spec.actionSize);
  const fixed = KEYS.slice(0, 3).reduce((n, [, width]) => n + width!, 0);
  const observed = (group: string) =>
    KEYS.map(([key, width]) => matrix(`${group}/${key}`, width ?? spec.observationSize - fixed));
  const keys = observed("obs"), names = KEYS.map(([key]) => key);
  verifyColumns(file, `data/${name}`, rows, ["actions", "rewards", "dones"]);
  verifyColumns(file, at("obs"), rows, names);
  if (file.kindOf(at("next_obs")) !== "absent") {
    observed("next_obs");
    verifyColumns(file, at("next_obs"), rows, names);
  }
  return {
    actions,
    observations: sideBySide(keys, spec.observationSize, file.name, at("obs")),
    rewards: columnOf(file.read(at("rewards")), rows, file.name, at("rewards")),
    terminals: flagsOf(file.read(at("dones")), rows, file.name, at("dones")),
  };
}

/** Observation keys in the reference's order; the object fills the rest. */
const KEYS = [
  ["robot0_eef_pos", 3],
  ["robot0_eef_quat", 4],
  ["robot0_gripper_qpos", 2],
  ["object", undefined],
] as const;

function sideBySide(parts: readonly Matrix[], width: number, file: string, place: string): Matrix {
  const { rows, data } = parts[0];
  const out = new (data.constructor as Float64ArrayConstructor)(rows * width);
  let column = 0;
  for (const part of parts) {
    if (part.data.constructor !== data.constructor) {
      throw new FormatError(file, place, "mixes float32 and float64 keys");
    }
    for (let row = 0; row < rows; row++) {
      const from = row * part.width;
      out.set(part.data.subarray(from, from + part.width), row * width + column);
    }
    column += part.width;
  }
  return { rows, width, data: out };
}
