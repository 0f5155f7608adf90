/**
 * Runs the cells of Table I, writes the table and its evidence, and prints it.
 *
 * Usage: deno task reproduce:table1 --help
 *
 * @module
 */
import { cellPath, type Setting } from "../src/experiments/cell.ts";
import type { Table1Row } from "../src/report/table1.ts";
import { table1Text } from "../src/report/table1_text.ts";
import { main } from "./main.ts";
import { type Flags, HELP, parseFlags } from "./table1/flags.ts";
import { type Plan, planOf } from "./table1/plan.ts";
import { progressOf } from "./table1/progress.ts";
import { publishTable, tableFolder } from "./table1/publish.ts";
import { runTable, type Workload, workloadOf } from "./table1/run_table.ts";

main(async () => {
  const flags = parseFlags(Deno.args);
  if (flags.help) return console.log(HELP);
  const plan = planOf(flags), workload = workloadOf(plan);
  if (flags.dryRun) return announce(flags, plan, workload);
  Deno.addSignalListener("SIGINT", () => {
    console.error("\nstopped; the same command goes on from here");
    Deno.exit(130);
  });
  const table = tableFolder(flags.out, flags.setting);
  const started = performance.now();
  const progress = progressOf(workload.parts, (text) => Deno.stderr.writeSync(encode(text)), {
    terminal: Deno.stderr.isTerminal(),
    now: () => performance.now() / 1000,
  });
  await runTable(plan, workload, { table, jobs: flags.jobs, blas: flags.blas, progress });
  progress.close();
  const seconds = (performance.now() - started) / 1000;
  report(flags, plan, table, publishTable(table, flags.setting), seconds);
});

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function announce({ setting, json }: Flags, { cells }: Plan, { tasks, parts }: Workload): void {
  if (json) {
    const list = cells.map(({ cell, id, iterations }) => ({ ...cell, id, iterations }));
    return console.log(JSON.stringify({ setting, parts, cells: list }, null, 2));
  }
  const open = tasks.filter(({ finished }) => finished === undefined).length;
  cells.forEach(({ cell, iterations }) =>
    console.log(`${cellPath(cell)}  ${iterations} iterations`)
  );
  console.log(`${cells.length} cells, ${open} not finished yet, nothing written`);
}

function report(
  { setting, json }: Flags,
  { cells }: Plan,
  table: string,
  rows: readonly Table1Row[],
  seconds: number,
): void {
  if (json) return console.log(JSON.stringify({ setting, rows }, null, 2));
  console.log(
    `\nTable I   profile ${setting.profile}   budget ${setting.budget}   numerics ${setting.numerics}`,
  );
  console.log(`\n${table1Text(rows)}\n`);
  console.log(`${cells.length} cells in ${seconds.toFixed(0)} s; evidence in ${table}/`);
  console.log(nextStep(setting));
}

function nextStep({ profile, budget, numerics }: Setting): string {
  const task = numerics === "strict" ? "reproduce:table1" : `reproduce:table1:${numerics}`;
  if (budget === "full") {
    return numerics === "strict" ? "next: deno task audit" : "next: deno task reproduce:table1";
  }
  const longer = budget === "smoke" ? "short" : "full";
  const why = budget === "smoke"
    ? "a smoke run shows that everything works, not which arm wins"
    : "more seeds, longer";
  const flags = profile === "compact" ? "" : ` --profile ${profile}`;
  return `next: deno task ${task}${flags} --budget ${longer}   (${why})`;
}
