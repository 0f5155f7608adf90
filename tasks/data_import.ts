/**
 * Imports a data set of demonstrations: checks it, shows what is in it and writes it in this project's layout.
 *
 * @module
 */
import { basename, join, resolve } from "@std/path";
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
import { requireReplaceable } from "./destination.ts";
import { digestSource, openSource } from "./file_source.ts";
import { locate } from "./data_import_source.ts";
import type { ImportJob, ImportResult } from "./data_import_worker.ts";
import { flagFault, integerOf, isGiven, oneOf } from "./flag_checks.ts";
import { flagValues, HELP_OPTION, usageOf } from "./flag_values.ts";
import { patienceWith, runGuarded } from "./guarded_worker.ts";
import { makeFolder, move, remove, write } from "./io.ts";
import { main } from "./main.ts";
import { NORMALIZATION, TRAIN } from "./pretrain_data.ts";

const NAMES = Object.keys(environments) as EnvName[];

const HELP =
  `Check a data set of demonstrations, show what is in it and write it in this project's layout.

Usage: deno task data:import --from FILE --env NAME [flags]

  --from FILE           robomimic low-dim HDF5, D4RL HDF5, Minari HDF5 or a DPPO train.npz with its
                        normalization.npz, told apart by content; or the folder of the last two
  --env NAME            ${NAMES.join(", ")}
  --out DIR             where to write (.work/data/imported/<env>/<name of the file>)
  --overwrite           replace DIR if it exists; it may hold nothing but an imported data set
  --dry-run             check and print, write nothing
  --max-episodes N      use only the first N episodes
  --filter-key KEY      robomimic: use only the demonstrations in mask/KEY
  --ranges tight        min and max of exactly the rows used, not as the reference takes them: of
                        all rows in locomotion, with 0 in robomimic
  --terminals recorded  robomimic: keep the file's dones, which the reference sets to false
  --keep-nonpositive    keep locomotion episodes whose return is not above 0
  --keep-unfinished     keep D4RL rows at the end that no flag closes
  --action-limit X      largest action component allowed (${REFERENCE_OPTIONS.actionLimit})
  --max-mib N           most memory that one array may claim (4096)
  --help                this text

The conversion is the reference's unless a flag says otherwise. Writes train.npz, normalization.npz
and manifest.json.

Example: deno task data:import --from low_dim_v141.hdf5 --env lift`;

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
  ...HELP_OPTION,
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
    if (!isGiven(flags[flag as keyof Flags]) || layouts.includes(layout)) continue;
    throw new Error(
      `Cannot import: --${flag} is for data of ${layouts.join(", ")}, found ${layout}`,
    );
  }
}

/** Says what a data set was imported from. */
const MANIFEST = "manifest.json";

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
  const name = oneOf("env", NAMES, env);
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
