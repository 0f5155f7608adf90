/**
 * Runs a table of one cell below a folder, as `reproduce:table1 --rollout-workers 2` does.
 *
 * Usage: run.ts FOLDER [shard|cell WAY]   the worker of this role ends in this way
 *
 * @module
 */
import { main } from "../../../tasks/main.ts";
import { parseFlags } from "../../../tasks/study/flags.ts";
import { planOf } from "../../../tasks/study/plan.ts";
import { runTable, workloadOf } from "../../../tasks/study/run_table.ts";

const [folder, role, way] = Deno.args;

/** Workers of the role are replaced by those that end. */
class CrashingWorker extends Worker {
  constructor(module: string | URL, options?: WorkerOptions) {
    const isCrashing = role !== undefined && String(module).endsWith(`/${role}_worker.ts`);
    super(isCrashing ? new URL(`./${role}.ts?${way}`, import.meta.url) : module, options);
  }
}
Object.assign(globalThis, { Worker: CrashingWorker });

main(async () => {
  const flags = ["table1", "--only", "hopper/dawr-adamw", "--rollout-workers", "2"];
  const crews = parseFlags(flags), cells = planOf(crews).cells;
  Deno.chdir(folder);
  await runTable(workloadOf(cells, { networks: () => false }), {
    table: "table",
    crews,
    progress: { advance: () => console.log("part"), note: () => {}, close: () => {} },
  });
});
