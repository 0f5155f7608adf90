/**
 * Measures the package on this machine, where possible against TensorFlow.js's own kernels in the same run.
 *
 * Usage: deno task bench [networks|updates|environments|iteration|replay|workers]... [--json] [--write]
 *
 * `--write` keeps the figures and a description of the machine in results/bench/.
 *
 * @module
 */
import { cpus } from "node:os";
import { resourceUsage } from "node:process";
import { parseArgs } from "@std/cli/parse-args";
import { environmentFigures } from "./bench/environments.ts";
import { iterationFigures } from "./bench/iteration.ts";
import { type Figure } from "./bench/measure.ts";
import { networkFigures } from "./bench/networks.ts";
import { replayFigures } from "./bench/replay.ts";
import { updateFigures } from "./bench/updates.ts";
import { workerFigures } from "./bench/workers.ts";
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

const USAGE = `Usage: deno task bench [${Object.keys(PARTS).join("|")}]... [--json] [--write]`;

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

await main(async () => {
  const { json, write: keep, _: rest, ...others } = parseArgs(Deno.args, {
    boolean: ["json", "write"],
  });
  const isPart = (name: string | number): name is Part => Object.hasOwn(PARTS, name);
  if (!rest.every(isPart) || Object.keys(others).length > 0) throw new Error(USAGE);
  const parts = rest.length > 0 ? rest : Object.keys(PARTS) as Part[];
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
  if (keep) write("results/bench/bench.json", text);
});
