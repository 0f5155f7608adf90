/**
 * The data set that a policy is pre-trained on.
 *
 * @module
 */
import { join } from "@std/path";
import { parseNormalization, parseTrajectories } from "../src/data/data_files.ts";
import type { Trajectories } from "../src/data/dataset.ts";
import { parseNpz } from "../src/data/formats/npz.ts";
import type { EnvName } from "../src/envs/mod.ts";
import { sha256 } from "../src/provenance/digest.ts";
import type { EnvSpec } from "../src/rl/environment.ts";
import type { Normalization } from "../src/rl/normalize.ts";
import { exists, readBytes, readJson } from "./io.ts";

/** A data set on disk. */
export interface Data {
  readonly train: Trajectories;
  readonly ranges: Normalization;
  /** SHA-256 by file. */
  readonly digests: Readonly<Record<string, string>>;
}

/** The files of a data set. */
export const TRAIN = "train.npz", NORMALIZATION = "normalization.npz";

/** The paths of what {@link readData} reads of a folder. */
export const dataFiles = (folder: string): readonly string[] =>
  [TRAIN, NORMALIZATION].map((name) => join(folder, name));

/** @throws {Error} when there are no generated data yet, naming the task that makes them */
export function requireGenerated(folder: string, env: EnvName): void {
  if (dataFiles(folder).every(exists)) return;
  throw new Error(
    `Cannot read ${folder}: it holds no data yet, deno task data:generate --env ${env} makes them`,
  );
}

/**
 * Reads the data set in a folder.
 *
 * @throws {Error} when a file is missing, malformed or of another environment
 */
export function readData(folder: string, spec: EnvSpec): Data {
  requireEnvironment(join(folder, "manifest.json"), spec.name);
  const digests: Record<string, string> = {};
  const parsed = <T>(name: string, parse: (arrays: Arrays, file: string, spec: EnvSpec) => T) => {
    const file = join(folder, name), bytes = readBytes(file);
    digests[name] = sha256(bytes);
    return parse(parseNpz(bytes, file), file, spec);
  };
  const train = parsed(TRAIN, parseTrajectories);
  return { train, ranges: parsed(NORMALIZATION, parseNormalization), digests };
}

type Arrays = ReturnType<typeof parseNpz>;

/** Can and Square have observations of one size: only the manifest of an import tells them apart. */
function requireEnvironment(file: string, name: string): void {
  if (!exists(file)) return;
  const manifest = readJson(file) as
    | { readonly summary?: { readonly environment?: unknown } }
    | null;
  const found = manifest?.summary?.environment;
  if (found !== name) {
    throw new Error(`Cannot read ${file}: the data are of ${found}, not of ${name}`);
  }
}
