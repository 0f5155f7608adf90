/**
 * Measures the package on this machine, where possible against TensorFlow.js's own kernels in the same run.
 *
 * Usage: deno task bench --help
 *
 * @module
 */
import { cpus } from "node:os";
import { resourceUsage } from "node:process";
import { environmentFigures } from "./bench/environments.ts";
import { iterationFigures } from "./bench/iteration.ts";
import { type Figure } from "./bench/measure.ts";
import { networkFigures } from "./bench/networks.ts";
import { replayFigures } from "./bench/replay.ts";
import { updateFigures } from "./bench/updates.ts";
import { workerFigures } from "./bench/workers.ts";
import { flagsAndNames, HELP_OPTION, usageOf } from "./flag_values.ts";
import { write } from "./io.ts";
import { main } from "./main.ts";

/** Milliseconds from the process's start until every module was loaded. */
const startUp = performance.now();

const PARTS = {
  networks: networkFigures,
  updates: updateFigures,
  environments: environmentFigures,
  iteration: iterationFigures,
  replay: replayFigures,
  // Last, for memory is that of the whole process.
  workers: workerFigures,
};
type Part = keyof typeof PARTS;

const FILE = "results/bench/bench.json";

const HELP =
  `Measure kernels, sampling, updates, environments and workers on this machine, where possible against
TensorFlow.js's own kernels in the same run. Leave the machine to it: other work disturbs the
figures.

Usage: deno task bench [PART]... [flags]

  PART     ${Object.keys(PARTS).join(", ")} (all of them)

  --json   print JSON instead of text: the machine and its figures
  --write  keep that JSON in ${FILE} too, replacing what is there
  --help   this text

Example: deno task bench networks updates`;

const OPTIONS = {
  json: { type: "boolean", default: false },
  write: { type: "boolean", default: false },
  ...HELP_OPTION,
} as const;

async function* figures(parts: readonly Part[]): AsyncGenerator<Figure> {
  yield { group: "process", name: "start-up with all modules", value: startUp, unit: "ms" };
  for (const part of parts) {
    yield* PARTS[part]();
    const peak = resourceUsage().maxRSS / 2 ** 10;
    yield { group: "process", name: `peak memory after ${part}`, value: peak, unit: "MiB" };
  }
}

const digits = (x: number): string => `${+x.toPrecision(3)}`;

const line = (f: Figure): string =>
  `  ${f.name.padEnd(42)} ${digits(f.value).padStart(8)} ${f.unit}` +
  (f.ratio === undefined
    ? ""
    : `   ${digits(f.ratio)} times as good as ${f.against} (${digits(f.yardstick!)})`);

const ALL = Object.keys(PARTS) as Part[], usage = usageOf("bench");

/** @throws {Error} when there is no such part */
function partOf(name: string): Part {
  const part = ALL.find((known) => known === name);
  if (part !== undefined) return part;
  throw usage(`PART must be one of ${ALL.join(", ")}, found ${JSON.stringify(name)}`);
}

await main(async () => {
  const { values, names } = flagsAndNames(Deno.args, OPTIONS, usage);
  const { json, write: keep, help } = values;
  if (help) return console.log(HELP);
  const parts = names.length > 0 ? names.map(partOf) : ALL;
  const machine = {
    processor: cpus()[0].model,
    cores: navigator.hardwareConcurrency,
    deno: Deno.version.deno,
    target: Deno.build.target,
  };
  const found: Figure[] = [];
  for await (const figure of figures(parts)) {
    if (!json && found.at(-1)?.group !== figure.group) console.log(figure.group);
    if (!json) console.log(line(figure));
    found.push(figure);
  }
  const text = `${JSON.stringify({ machine, figures: found }, null, 2)}\n`;
  if (json) console.log(text);
  if (keep) write(FILE, text);
});
