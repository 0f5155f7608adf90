/**
 * Imports one Hopper data set and prints seconds and the process's largest memory as JSON: `import_once.ts FILE
 * [NORMALIZATION]`. Runs in a process of its own, so that the memory is that of one import.
 *
 * @module
 */
import process from "node:process";
import { DEFAULT_LIMITS } from "../../src/data/formats/limits.ts";
import { REFERENCE_OPTIONS } from "../../src/data/import/recording.ts";
import { environments } from "../../src/envs/mod.ts";
import type { ImportJob, ImportResult } from "../data_import_worker.ts";
import { runGuarded } from "../guarded_worker.ts";
import { main } from "../main.ts";

await main(async () => {
  const [file, normalization] = Deno.args;
  const { spec } = environments.hopper;
  const job: ImportJob = {
    main: file,
    normalization,
    spec,
    options: REFERENCE_OPTIONS,
    limits: DEFAULT_LIMITS,
  };
  const begin = performance.now();
  const { imported } = await runGuarded<ImportResult>(
    new URL("../data_import_worker.ts", import.meta.url),
    job,
    { read: Deno.args, patience: 600_000, name: `import ${file}` },
  );
  const seconds = (performance.now() - begin) / 1000;
  const mib = process.resourceUsage().maxRSS / 2 ** 10;
  console.log(JSON.stringify({ seconds, mib, steps: imported.summary.steps }));
});
