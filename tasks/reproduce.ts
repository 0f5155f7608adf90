/**
 * Runs the cells of Table I or of another study, writes the table and its evidence, and prints it.
 *
 * Usage: deno task reproduce:table1 --help
 *
 * @module
 */
import { cellPath, type Setting } from "../src/experiments/cell.ts";
import { studies, type StudyName } from "../src/experiments/studies.ts";
import { main } from "./main.ts";
import { type Flags, helpOf, parseFlags } from "./study/flags.ts";
import { type PlannedCell, plannedCells } from "./study/plan.ts";
import { progressOf } from "./study/progress.ts";
import { publishTable, type RenderedTable, tableFolder } from "./study/publish.ts";
import { isPublished } from "./study/published.ts";
import { runTable, type Workload, workloadOf } from "./study/run_table.ts";

main(async () => {
  const flags = parseFlags(Deno.args), { study, setting, blas } = flags;
  if (flags.help) return console.log(helpOf(study));
  const cells = plannedCells(flags);
  const table = tableFolder(flags.out, setting, flags.pretrained ? cells[0].pretrained : undefined);
  const isOpen = ({ cell, id }: PlannedCell) =>
    !(flags.skipPublished && isPublished(table, cell, id));
  const workload = workloadOf(cells.filter(isOpen));
  if (flags.dryRun) return announce(flags, cells, workload);
  Deno.addSignalListener("SIGINT", () => {
    console.error("\nstopped; the same command goes on from here");
    Deno.exit(130);
  });
  const started = performance.now();
  const progress = progressOf(workload.parts, (text) => Deno.stderr.writeSync(encode(text)), {
    terminal: Deno.stderr.isTerminal(),
    now: () => performance.now() / 1000,
  });
  await runTable(workload, { table, crews: flags, blas, progress });
  progress.close();
  const seconds = (performance.now() - started) / 1000;
  report(flags, cells, publishTable(table, { study, setting }), { table, seconds });
});

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function announce(
  { setting, json }: Flags,
  cells: readonly PlannedCell[],
  { tasks, parts }: Workload,
): void {
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
  { study, setting, json }: Flags,
  cells: readonly PlannedCell[],
  { rows, text }: RenderedTable,
  { table, seconds }: { readonly table: string; readonly seconds: number },
): void {
  if (json) return console.log(JSON.stringify({ setting, rows }, null, 2));
  const { profile, budget, numerics } = setting;
  console.log(
    `\n${studies[study].title}   profile ${profile}   budget ${budget}   numerics ${numerics}`,
  );
  console.log(`\n${text}\n`);
  console.log(`${cells.length} cells in ${seconds.toFixed(0)} s; evidence in ${table}/`);
  console.log(nextStep(study, setting));
}

function nextStep(study: StudyName, { profile, budget, numerics }: Setting): string {
  const task = numerics === "strict" ? `reproduce:${study}` : `reproduce:${study}:${numerics}`;
  if (budget === "full") {
    return `next: deno task ${
      numerics === "strict" ? `audit --study ${study}` : "reproduce:table1"
    }`;
  }
  const longer = budget === "smoke" ? "short" : "full";
  const why = budget === "smoke"
    ? "a smoke run shows that everything works, not which arm wins"
    : "more seeds, longer";
  const flags = profile === "compact" ? "" : ` --profile ${profile}`;
  return `next: deno task ${task}${flags} --budget ${longer}   (${why})`;
}
