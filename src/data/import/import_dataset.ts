/**
 * Importing a data set of any known layout.
 *
 * @module
 */
import { FormatError, quote } from "../../provenance/format_error.ts";
import type { EnvSpec } from "../../rl/environment.ts";
import type { ByteSource } from "../formats/byte_source.ts";
import { announced, type Hdf5File, withHdf5 } from "../formats/hdf5.ts";
import { DEFAULT_LIMITS, type Limits } from "../formats/limits.ts";
import { readNpz } from "../formats/npz.ts";
import { isZip } from "../formats/zip_directory.ts";
import { convert } from "./convert.ts";
import { readD4rl } from "./d4rl.ts";
import { readDppo } from "./dppo.ts";
import type { Imported } from "./imported.ts";
import { type MinariMetadata, readMinari } from "./minari.ts";
import type { ImportOptions, Recording } from "./recording.ts";
import { readRobomimic } from "./robomimic.ts";

/** A file to import and what may lie beside it. */
export interface ImportSource {
  readonly main: ByteSource;
  /** DPPO: the `normalization.npz` of a `train.npz`. */
  readonly normalization?: ByteSource;
  /** Minari: `metadata.json`. */
  readonly metadata?: MinariMetadata;
}

/** How an import runs. */
export interface ImportRun {
  readonly limits?: Limits;
  /** Hears of each place before it is read. */
  readonly onPlace?: (place: string) => void;
}

/**
 * Detects the layout by content, checks everything against the environment and converts.
 *
 * @throws {FormatError} naming the file, the place and the reason
 */
export async function importDataset(
  source: ImportSource,
  spec: EnvSpec,
  options: ImportOptions,
  { limits = DEFAULT_LIMITS, onPlace = () => {} }: ImportRun = {},
): Promise<Imported> {
  const { main, normalization } = source;
  if (isZip(main)) {
    const open = (s: ByteSource) => ({ name: s.name, arrays: readNpz(s, limits) });
    return readDppo(open(main), normalization && open(normalization), spec, options);
  }
  onPlace("superblock");
  const recording = await withHdf5(
    main,
    (file) => readHdf5(announced(file, onPlace), source, spec, options),
    limits,
  );
  return convert(recording, spec, options, main.name);
}

function readHdf5(
  file: Hdf5File,
  { metadata }: ImportSource,
  spec: EnvSpec,
  options: ImportOptions,
): Recording {
  if (file.kindOf("data") === "group") return readRobomimic(file, spec, options);
  if (file.kindOf("observations") === "dataset") return readD4rl(file, spec, options);
  const names = file.namesIn("");
  if (names.some((name) => /^episode_\d+$/.test(name))) return readMinari(file, spec, metadata);
  const found = names.slice(0, 8).map(quote).join(", ") || "nothing";
  throw new FormatError(
    file.name,
    "",
    `layout not known: need data (robomimic), observations (D4RL) or episode_0 (Minari), found ${found}`,
  );
}
