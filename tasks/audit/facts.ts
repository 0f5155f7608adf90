/**
 * Facts of a table that are neither right nor wrong.
 *
 * @module
 */
import { join } from "@std/path";
import type { Cell } from "../../src/experiments/cell.ts";
import { digestOf, sha256 } from "../../src/provenance/digest.ts";
import { countRuns, plannedRuns } from "../../src/report/evidence.ts";
import { shortDigest } from "../../src/report/audit_text.ts";
import { exists, readBytes } from "../io.ts";
import type { PlanCell } from "../study/plan.ts";
import type { TableName } from "../study/table_files.ts";
import { folderOf } from "../study/published.ts";
import { isMadeBy } from "./manifests.ts";
import { publishedCells } from "./published_cell.ts";
import { FIGURE } from "./tables.ts";

/**
 * What a table is, which code made it and what an audit leaves out, by name.
 *
 * @param cells those of which the files are legible
 */
export function factsOf(
  table: string,
  name: TableName,
  cells: readonly Cell[],
  plan: PlanCell,
): Readonly<Record<string, string>> {
  return {
    folder: table,
    code: codeOf(table, cells, plan),
    grid: completenessOf(table, name),
    ...(exists(join(table, FIGURE)) ? { figure: `${FIGURE} is not compared: ${REDRAWN}` } : {}),
  };
}

const REDRAWN = "deno task report draws it from the scores";

/** How many cells were made by exactly the code that is here, and digests of that code and of `deno.lock`. */
function codeOf(table: string, cells: readonly Cell[], plan: PlanCell): string {
  const made = cells.filter((cell) => isMadeBy(folderOf(table, cell), plan(cell).modules)).length;
  const code = digestOf(cells.map((cell) => plan(cell).modules.files));
  const lock = sha256(readBytes("deno.lock"));
  return `modules ${shortDigest(code)}  lock ${shortDigest(lock)}  ` +
    `made ${made}/${cells.length} of the cells`;
}

/** `170 of 216 cells of this budget`; seeds beyond the budget's are counted apart. */
function completenessOf(table: string, name: TableName): string {
  const { study, setting } = name;
  const seeds = publishedCells(table, name).map(({ seed }) => seed);
  const { planned, further } = countRuns(setting, seeds);
  return `${planned} of ${plannedRuns(study, setting)} cells of this budget` +
    (further === 0 ? "" : `, ${further} of further seeds`);
}
