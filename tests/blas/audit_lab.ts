/**
 * Publishes a table of one cell below a folder, its matrix products by BLAS on one thread.
 *
 * Usage: audit_lab.ts FOLDER
 *
 * @module
 */
import { join } from "@std/path";
import { main } from "../../tasks/main.ts";
import { parseFlags } from "../../tasks/study/flags.ts";
import { planOf } from "../../tasks/study/plan.ts";
import { publishTable, tableFolder } from "../../tasks/study/publish.ts";
import { runTable, workloadOf } from "../../tasks/study/run_table.ts";

main(async () => {
  const [folder] = Deno.args;
  const flags = parseFlags(["table1", "--numerics", "blas", "--only", "hopper/dawr-adamw"]);
  const { study, setting, blas } = flags, cells = planOf(flags).cells;
  Deno.chdir(folder);
  const table = tableFolder("table1", setting);
  await runTable(workloadOf(cells, { networks: () => false }), {
    table,
    crews: { jobs: 1, rolloutWorkers: 1 },
    blas,
    progress: { advance: () => {}, note: () => {}, close: () => {} },
  });
  publishTable(table, { study, setting });
  console.log(join(folder, table));
});
