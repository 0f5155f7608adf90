/**
 * Downloads public data sets. The only task that may use the network.
 *
 * @module
 */
import { basename, join } from "@std/path";
import { type PublicDataset, publicDatasets } from "../src/data/import/public_datasets.ts";
import { download, type Downloaded } from "./fetch/download.ts";
import { digestSource, openSource } from "./file_source.ts";
import { exists, readJson, write } from "./io.ts";
import { flagsAndNames, HELP_OPTION, usageOf } from "./flag_values.ts";
import { main } from "./main.ts";

const HELP = `Download public data sets, going on where an earlier run stopped.

Usage: deno task data:fetch NAME... [flags]

  NAME          one of the data sets below

  --cache DIR   where they are kept (.work/cache)
  --mirror URL  fetch URL/NAME/<file name> instead of the public address
  --help        this text

Data sets:
${Object.keys(publicDatasets).map((name) => `  ${name}`).join("\n")}

Checks size and SHA-256 where they are known and prints the command that imports each. The task may
reach only the public hosts and this machine; for a mirror on another host run
deno run --allow-net=HOST --allow-read --allow-write tasks/data_fetch.ts

Example: deno task data:fetch lift-ph`;

const usage = usageOf("data:fetch");

const OPTIONS = {
  cache: { type: "string", default: ".work/cache" },
  mirror: { type: "string" },
  ...HELP_OPTION,
} as const;

/** Prints progress in place on a terminal, in steps of a tenth elsewhere. */
function progressOf(name: string) {
  let tenth = -1;
  return (bytes: number, total: number | undefined) => {
    const share = total ? bytes / total : 0, text = `${name}  ${mib(bytes)} of ${mib(total)} MiB`;
    if (Deno.stdout.isTerminal()) {
      Deno.stdout.writeSync(new TextEncoder().encode(`\r${text}${bytes === total ? "\n" : ""}`));
    } else if (Math.floor(10 * share) > tenth) {
      tenth = Math.floor(10 * share);
      console.log(text);
    }
  };
}

const mib = (bytes: number | undefined): string =>
  bytes === undefined ? "?" : (bytes / 2 ** 20).toFixed(1);

/** A file of an earlier run, if it is still what was downloaded. */
function cached(path: string, { sha256 }: PublicDataset): Downloaded | undefined {
  if (!exists(path)) return undefined;
  const record = exists(`${path}.json`) ? readJson(`${path}.json`) as Downloaded : undefined;
  using source = openSource(path);
  const found = { bytes: source.size, sha256: digestSource(source) };
  const expected = sha256 ?? record?.sha256;
  if (expected === found.sha256) return found;
  throw new Error(
    `Cannot use ${path}: SHA-256 is ${found.sha256}, need ${
      expected ?? "a recorded one"
    }; delete it to fetch it again`,
  );
}

async function fetchDataset(name: string, cache: string, mirror?: string): Promise<void> {
  const dataset = publicDatasets[name], file = basename(new URL(dataset.url).pathname);
  const path = join(cache, name, file);
  const url = mirror === undefined ? dataset.url : `${mirror.replace(/\/$/, "")}/${name}/${file}`;
  const known = cached(path, dataset);
  const { bytes, sha256 } = known ??
    await download({ ...dataset, url, path }, { patience: 60_000, onProgress: progressOf(name) });
  if (known === undefined) write(`${path}.json`, `${JSON.stringify({ url, bytes, sha256 })}\n`);
  const vouched = dataset.sha256 === undefined
    ? "no published digest to compare with"
    : "as published";
  console.log(`${name}  ${path}  ${known === undefined ? "fetched" : "there already"}`);
  console.log(`${name}  SHA-256 ${sha256}, ${vouched}`);
  console.log(`next: deno task data:import --from ${path} --env ${dataset.env}`);
}

main(async () => {
  const { values: { cache, mirror, help }, names } = flagsAndNames(Deno.args, OPTIONS, usage);
  if (help) return console.log(HELP);
  if (names.length === 0) throw usage("NAME must be a data set, found nothing");
  const unknown = names.find((name) => !Object.hasOwn(publicDatasets, name));
  if (unknown !== undefined) throw usage(`no data set is called ${unknown}`);
  for (const name of names) await fetchDataset(name, cache, mirror);
});
