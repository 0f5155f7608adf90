/**
 * Imports a data set of demonstrations: checks it, shows what is in it and writes it in this project's layout.
 *
 * @module
 */
import { basename, dirname, join, resolve } from "@std/path";
import { DEFAULT_LIMITS } from "../src/data/formats/limits.ts";
import { npzChunks } from "../src/data/formats/npz.ts";
import type { NamedArrays } from "../src/data/data_files.ts";
import {
  type ImportOptions,
  type Layout,
  REFERENCE_OPTIONS,
} from "../src/data/import/recording.ts";
import { formatSummary } from "../src/data/import/summary.ts";
import { environments, type EnvName } from "../src/envs/mod.ts";
import { quote } from "../src/provenance/format_error.ts";
import { requireReplaceable } from "./destination.ts";
import { digestSource, openSource } from "./file_source.ts";
import type { ImportJob, ImportResult } from "./data_import_worker.ts";
import { flagFault, integerOf, oneOf } from "./flag_checks.ts";
import { flagValues, usageOf } from "./flag_values.ts";
import { patienceWith, runGuarded } from "./guarded_worker.ts";
import { exists, isFolder, list, makeFolder, move, remove, write } from "./io.ts";
import { main } from "./main.ts";

const NAMES = Object.keys(environments).join("|");

const HELP = `Usage: deno task data:import --from FILE --env ${NAMES} [options]

Reads robomimic low-dim HDF5, D4RL HDF5, Minari HDF5 or DPPO train.npz + normalization.npz (found by content),
and writes train.npz, normalization.npz and manifest.json. FILE may also be the folder of a Minari or DPPO data set.
The conversion is the reference's unless an option says otherwise.

  --out DIR             where to write; .work/data/imported/<env>/<name of the file> by default
  --overwrite           replace DIR if it exists; it may hold nothing but these three files
  --dry-run             check and print, write nothing
  --max-episodes N      use only the first N episodes
  --filter-key KEY      robomimic: use only the demonstrations in mask/KEY
  --ranges tight        min and max of exactly the rows used (reference: locomotion all rows, robomimic with 0)
  --terminals recorded  robomimic: keep the file's dones (reference: all false)
  --keep-nonpositive    keep locomotion episodes whose return is not above 0
  --keep-unfinished     keep D4RL rows at the end that no flag closes
  --action-limit X      largest action component allowed; 1.001 by default
  --max-mib N           most memory that one array may claim; 4096 by default`;

const OPTIONS = {
  from: { type: "string" },
  env: { type: "string" },
  out: { type: "string" },
  overwrite: { type: "boolean", default: false },
  "dry-run": { type: "boolean", default: false },
  "max-episodes": { type: "string" },
  "filter-key": { type: "string" },
  ranges: { type: "string" },
  terminals: { type: "string" },
  "keep-nonpositive": { type: "boolean", default: false },
  "keep-unfinished": { type: "boolean", default: false },
  "action-limit": { type: "string" },
  "max-mib": { type: "string" },
  help: { type: "boolean", default: false },
} as const;

type Flags = ReturnType<typeof parsed>;

const usage = usageOf("data:import");

const parsed = () => flagValues(Deno.args, OPTIONS, usage);

function countFlag(flags: Flags, name: "max-episodes" | "max-mib"): number | undefined {
  const text = flags[name];
  return text === undefined ? undefined : integerOf(name, text, 1);
}

function actionLimitOf({ "action-limit": text }: Flags): number {
  if (text === undefined) return REFERENCE_OPTIONS.actionLimit;
  const limit = Number(text);
  if (limit > 0 && Number.isFinite(limit)) return limit;
  throw flagFault("action-limit", "a positive number", text);
}

const optionsOf = (flags: Flags): ImportOptions => ({
  maxEpisodes: countFlag(flags, "max-episodes"),
  filterKey: flags["filter-key"],
  ranges: oneOf("ranges", ["reference", "tight"], flags.ranges ?? REFERENCE_OPTIONS.ranges),
  terminals: oneOf(
    "terminals",
    ["reference", "recorded"],
    flags.terminals ?? REFERENCE_OPTIONS.terminals,
  ),
  keepNonpositive: flags["keep-nonpositive"],
  keepUnfinished: flags["keep-unfinished"],
  actionLimit: actionLimitOf(flags),
});

/** The layouts that a flag means something for, where it is not all of them. */
const LAYOUTS_OF: Readonly<Partial<Record<keyof Flags, readonly Layout[]>>> = {
  "filter-key": ["robomimic"],
  ranges: ["robomimic", "d4rl", "minari"],
  terminals: ["robomimic"],
  "keep-nonpositive": ["d4rl", "minari"],
  "keep-unfinished": ["d4rl"],
  "action-limit": ["robomimic", "d4rl", "minari"],
};

/** @throws {Error} when a flag means nothing for the layout that was found */
function requireMeaning(flags: Flags, layout: Layout): void {
  for (const [flag, layouts] of Object.entries(LAYOUTS_OF)) {
    const value = flags[flag as keyof Flags];
    if (value === undefined || value === false || layouts.includes(layout)) continue;
    throw new Error(
      `Cannot import: --${flag} is for data of ${layouts.join(", ")}, found ${layout}`,
    );
  }
}

/** What is imported of a folder, the first that is there. */
const IN_FOLDER = ["main_data.hdf5", "data/main_data.hdf5", "train.npz"];

/** The file to import, which a folder may be named for. */
function mainFile(from: string): string {
  if (!exists(from) || !isFolder(from)) return from;
  const found = IN_FOLDER.map((name) => join(from, name)).find(exists);
  if (found !== undefined) return found;
  const names = list(from), shown = names.slice(0, 8).map(quote).join(", ") || "nothing";
  const more = names.length > 8 ? ` and ${names.length - 8} more` : "";
  throw new Error(
    `Cannot read ${from}: the folder must hold one of ${
      IN_FOLDER.join(", ")
    }, found ${shown}${more}`,
  );
}

/** The file to import and the files beside it that belong to it. */
function locate(from: string): Pick<ImportJob, "main" | "normalization" | "metadata"> {
  const main = mainFile(from);
  const beside = (name: string) => {
    const path = join(dirname(main), name);
    return exists(path) ? path : undefined;
  };
  return main.endsWith(".npz")
    ? { main, normalization: beside("normalization.npz") }
    : { main, metadata: basename(main) === "main_data.hdf5" ? beside("metadata.json") : undefined };
}

/** The files of an imported data set. */
const TRAIN = "train.npz", NORMALIZATION = "normalization.npz", MANIFEST = "manifest.json";

function save(out: string, { imported, sources }: ImportResult, options: ImportOptions): void {
  const partial = `${out}.${Deno.pid}.partial`;
  makeFolder(partial);
  try {
    const put = (name: string, arrays: NamedArrays) => {
      write(join(partial, name), npzChunks(arrays));
      using written = openSource(join(partial, name));
      return { [name]: digestSource(written) };
    };
    const outputs = {
      ...put(TRAIN, imported.train),
      ...put(NORMALIZATION, imported.normalization),
    };
    const manifest = { sources, options, outputs, summary: imported.summary };
    write(join(partial, MANIFEST), JSON.stringify(manifest, null, 2) + "\n");
    move(partial, out);
  } catch (error) {
    remove(partial);
    throw error;
  }
}

main(async () => {
  const flags = parsed();
  if (flags.help) return console.log(HELP);
  const { from, env } = flags;
  if (from === undefined) throw usage("--from is missing");
  const name = oneOf("env", Object.keys(environments) as EnvName[], env);
  const options = optionsOf(flags), files = locate(from);
  const read = [files.main, files.normalization, files.metadata].filter((f) => f !== undefined);
  // Resolved, because what is written is first put beside it: "set/" and "." have nothing beside them.
  const stem = basename(resolve(from)).replace(/\.[^.]*$/, "");
  const out = resolve(flags.out ?? `.work/data/imported/${name}/${stem}`);
  if (!flags["dry-run"]) {
    const names = [TRAIN, NORMALIZATION, MANIFEST];
    requireReplaceable(out, { overwrite: flags.overwrite, names, sources: read });
  }
  const mib = countFlag(flags, "max-mib");
  const limits = mib === undefined
    ? DEFAULT_LIMITS
    : { ...DEFAULT_LIMITS, maxBytes: mib * 2 ** 20 };
  const job: ImportJob = { ...files, spec: environments[name].spec, options, limits };
  const result = await runGuarded<ImportResult>(
    new URL("./data_import_worker.ts", import.meta.url),
    job,
    { read, patience: patienceWith(read), name: `import ${from}` },
  );
  const { summary } = result.imported;
  requireMeaning(flags, summary.layout);
  console.log(formatSummary(summary));
  if (flags["dry-run"]) return;
  save(out, result, options);
  console.log(`written       ${out}`);
});
