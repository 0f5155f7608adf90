/**
 * Measures time and memory of importing large files, which it makes first and removes afterwards.
 *
 * Usage: deno task bench:data --help
 *
 * @module
 */
import { fromFileUrl } from "@std/path";
import { normalizationArrays } from "../src/data/data_files.ts";
import { formatNpz } from "../src/data/formats/npz.ts";
import { environments } from "../src/envs/mod.ts";
import { flagsAndNames, HELP_OPTION, usageOf } from "./flag_values.ts";
import { remove, write } from "./io.ts";
import { main } from "./main.ts";

const SIZES = ["100", "800"], FOLDER = ".work/bench";

const HELP =
  `Measure seconds and memory of importing large files, an HDF5 and an npz of each size. The files are
made first, one at a time, in ${FOLDER}, and removed afterwards.

Usage: deno task bench:data [MIB]...

  MIB     sizes of the files in MiB, from 1 to 9999 (${SIZES.join(" ")})
  --help  this text

Example: deno task bench:data 10`;

const usage = usageOf("bench:data");

/** What one import took; the memory includes the program's own. */
interface Figure {
  readonly seconds: number;
  readonly mib: number;
  readonly steps: number;
}

const line = (name: string, { seconds, mib, steps }: Figure): string =>
  name.padEnd(16) + seconds.toFixed(1).padStart(9) + mib.toFixed(0).padStart(19) +
  String(steps).padStart(13);

async function child(script: string, ...args: string[]): Promise<string> {
  const { code, stdout } = await new Deno.Command("deno", {
    args: [
      ...["run", "--no-prompt", "--allow-read", `--allow-write=${FOLDER}`],
      ...[fromFileUrl(new URL(script, import.meta.url)), ...args],
    ],
    stderr: "inherit",
  }).output();
  if (code !== 0) throw new Error(`Cannot run ${script} ${args.join(" ")}: it ended with ${code}`);
  return new TextDecoder().decode(stdout);
}

await main(async () => {
  const { values: { help }, names } = flagsAndNames(Deno.args, HELP_OPTION, usage);
  if (help) return console.log(HELP);
  const sizes = names.length > 0 ? names : SIZES;
  const bad = sizes.find((size) => !/^[1-9]\d{0,3}$/.test(size));
  if (bad !== undefined) {
    throw usage(`MIB must be an integer from 1 to 9999, found ${JSON.stringify(bad)}`);
  }
  const { observationSize, actionSize } = environments.hopper.spec;
  const [observation, action] = [observationSize, actionSize].map((n) => new Float64Array(n));
  const ranges = `${FOLDER}/normalization.npz`;
  const normalization = {
    observationMin: observation.map(() => -1),
    observationMax: observation.map(() => 1),
    actionMin: action.map(() => -1),
    actionMax: action.map(() => 1),
  };
  try {
    write(ranges, formatNpz(normalizationArrays(normalization)));
    console.log("file              seconds   most memory, MiB        steps");
    for (const size of sizes) {
      for (const kind of ["hdf5", "npz"]) {
        const file = `${FOLDER}/large.${kind}`;
        await child("./bench/large_file.ts", kind, size, file);
        const beside = kind === "npz" ? [ranges] : [];
        const found = JSON.parse(await child("./bench/import_once.ts", file, ...beside));
        console.log(line(`${size} MiB ${kind}`, found));
        remove(file);
      }
    }
  } finally {
    remove(FOLDER);
  }
});
