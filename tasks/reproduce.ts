/**
 * Runs the cells of Table I or of another study, writes the table and its evidence, and prints it.
 *
 * Usage: deno task reproduce:table1 --help
 *
 * @module
 */
import { type Cell, DEFAULTS } from "../src/experiments/cell.ts";
import { studies } from "../src/experiments/studies.ts";
import { ANALYSIS_TEXT } from "../src/report/analysis/published_analysis.ts";
import { counted } from "../src/report/numbers.ts";
import { analyses } from "./analysis/analyses.ts";
import { isMeasured, publishAnalysis } from "./analysis/analysis.ts";
import { trainedCells } from "./analysis/trained_cells.ts";
import { publishedCells } from "./audit/published_cell.ts";
import { requireFolderPlace, requireWritable } from "./destination.ts";
import { fixtureDigests } from "./fixtures.ts";
import { requireLibraryAccess } from "./flag_checks.ts";
import { main } from "./main.ts";
import { progressOnStderr } from "./progress.ts";
import { adopt, publishedIn, usualTables } from "./study/adopt.ts";
import { WORK } from "./study/cell_store.ts";
import { dryRunJson, dryRunText } from "./study/dry_run.ts";
import { type Flags, parseFlags } from "./study/flags.ts";
import { helpOf } from "./study/help.ts";
import { type PlannedCell, planner, planOf, REMEDY } from "./study/plan.ts";
import { publishTable, tableFolder } from "./study/publish.ts";
import { keepsNetworks, runTable, type Workload, workloadOf } from "./study/run_table.ts";
import type { RenderedTable } from "./study/table_files.ts";

main(async () => {
  const flags = parseFlags(Deno.args), { study, setting, blas } = flags;
  if (flags.help) return console.log(helpOf(study));
  requireLibraryAccess(blas, "reproduce:table1:blas");
  const { cells, leftOut } = planOf(flags);
  if (leftOut.length > 0) console.error(leftOutText(flags, leftOut));
  const table = tableFolder(flags.out, setting, flags.pretrained ? cells[0].pretrained : undefined);
  requireFolderPlace(table);
  const need = { networks: (cell: Cell) => isMeasured(analyses[study], cell) };
  const published = publishedFolders(flags, cells, table);
  const isDone = (planned: PlannedCell) =>
    published.has(planned) && (!need.networks(planned.cell) || keepsNetworks(planned));
  const workload = workloadOf(cells.filter((planned) => !isDone(planned)), need);
  if (flags.dryRun) return announce(flags, cells, workload);
  requireWritable(table);
  Deno.addSignalListener("SIGINT", stop);
  const started = performance.now();
  published.forEach((folder, planned) => adopt(folder, table, planned));
  const progress = progressOnStderr(workload.parts);
  await runTable(workload, { table, crews: flags, blas, progress });
  // No listener is called while networks are measured, and one that is not called would only keep the signal off.
  Deno.removeSignalListener("SIGINT", stop);
  progress.close();
  const plain = publishTable(table, { study, setting });
  // Again with what the analysis found: where that fails, there is a table all the same.
  const rendered = analyse(flags, table) ? publishTable(table, { study, setting }) : plain;
  const seconds = (performance.now() - started) / 1000;
  report(flags, cells, rendered, { table, seconds });
});

const leftOutText = ({ setting }: Flags, envs: readonly string[]): string =>
  `left out, without a pre-trained ${setting.profile} policy: ${envs.join(", ")}; ${REMEDY}`;

/** Where this study or another has published cells that need not run. */
function publishedFolders(
  { skipPublished, setting }: Flags,
  cells: readonly PlannedCell[],
  table: string,
): ReadonlyMap<PlannedCell, string> {
  const folders = new Map<PlannedCell, string>(), tables = [table, ...usualTables(setting)];
  for (const planned of skipPublished ? cells : []) {
    const folder = publishedIn(tables, planned);
    if (folder !== undefined) folders.set(planned, folder);
  }
  return folders;
}

function stop(): never {
  console.error("\nstopped; the same command goes on from here");
  Deno.exit(130);
}

/** Measures the study's trained networks; false where it does not ask for that. */
function analyse(flags: Flags, table: string): boolean {
  const { study, setting } = flags, analysis = analyses[study], name = { study, setting };
  if (analysis === undefined) return false;
  const cells = publishedCells(table, name).filter((cell) => isMeasured(analysis, cell));
  const trained = trainedCells(table, cells, planner(fixtureDigests(), flags), WORK);
  publishAnalysis(analysis, table, name, trained, (text) => {
    if (Deno.stderr.isTerminal()) console.error(text);
  });
  return true;
}

function announce(flags: Flags, cells: readonly PlannedCell[], workload: Workload): void {
  const { json, setting } = flags;
  console.log(json ? dryRunJson(setting, workload) : dryRunText(cells.length, workload));
}

function report(
  flags: Flags,
  cells: readonly PlannedCell[],
  { rows, text, files }: RenderedTable,
  { table, seconds }: { readonly table: string; readonly seconds: number },
): void {
  const { study, setting } = flags;
  if (flags.json) return console.log(JSON.stringify({ setting, rows }, null, 2));
  const { profile, budget, numerics } = setting;
  console.log(
    `\n${studies[study].title}   profile ${profile}   budget ${budget}   numerics ${numerics}`,
  );
  console.log(`\n${text}\n`);
  console.log(`${counted(cells.length, "cell")} in ${seconds.toFixed(0)} s; evidence in ${table}/`);
  if (Object.hasOwn(files, ANALYSIS_TEXT)) {
    console.log(`measured on the trained networks: ${table}/${ANALYSIS_TEXT}`);
  }
  if (isUsual(flags)) console.log(nextStep(flags));
}

/** Whether the table is one of those that the next step knows how to name. */
const isUsual = ({ study, setting, out, pretrained }: Flags): boolean =>
  setting.numerics === DEFAULTS.numerics && setting.fidelity === DEFAULTS.fidelity &&
  setting.omega === DEFAULTS.omega && out === `results/${study}` && pretrained === undefined;

function nextStep({ study, setting: { profile, budget } }: Flags): string {
  const flags = profile === "compact" ? "" : ` --profile ${profile}`;
  if (budget === "full") return `next: deno task audit --study ${study}${flags}`;
  const longer = budget === "smoke" ? "short" : "full";
  const why = budget === "smoke"
    ? "a smoke run shows that everything works, not which arm wins"
    : "more seeds, longer";
  return `next: deno task reproduce:${study}${flags} --budget ${longer}   (${why})`;
}
