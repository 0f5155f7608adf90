/**
 * What follows from the cells of a table: pairs that began alike, and the table itself.
 *
 * @module
 */
import { join } from "@std/path";
import { type Cell, cellPath, type Setting } from "../../src/experiments/cell.ts";
import type { Check } from "../../src/report/audit.ts";
import { readText } from "../io.ts";
import { tableOf } from "../table1/publish.ts";
import { checkEach } from "./check.ts";
import { digestsOf, folderOf } from "./published_cell.ts";

/** The first evaluation and the first training iteration see the parameters that both arms start from. */
const SHARED_ITERATIONS = 2;

/** Both arms of every pair saw the same rollouts before their first update. */
export function checkPairs(table: string, cells: readonly Cell[]): Check {
  const path = (cell: Cell) => folderOf(table, cell);
  const other = (cell: Cell): Cell => ({ ...cell, optimizer: "adapg" });
  const paths = new Set(cells.map(cellPath));
  const pairs = cells.filter((cell) =>
    cell.optimizer === "adamw" && paths.has(cellPath(other(cell)))
  );
  return checkEach("pairs", "first rollouts equal across optimizers", pairs, (cell) => {
    const [a, b] = [cell, other(cell)].map((arm) => digestsOf(path(arm)));
    const at = a.slice(0, SHARED_ITERATIONS).findIndex((d, i) => d.rollout !== b[i]?.rollout);
    if (at < 0) return [];
    return [
      `${cellPath(cell)} and ${cellPath(other(cell))}: rollouts of iteration ${at} differ, ` +
      `${a[at].rollout} ≠ ${b[at]?.rollout ?? "nothing"}`,
    ];
  });
}

/** The table's files are, to the byte, what its cells' scores give. */
export function checkTable(table: string, setting: Setting): Check {
  const names = ["table.json", "table.csv", "table.md", "manifest.json"];
  return checkEach("table", "files rebuilt from scores to the byte", names, (name) => {
    const recorded = readText(join(table, name)), rebuilt = tableOf(table, setting).files[name];
    if (recorded === rebuilt) return [];
    const [was, is] = [recorded, rebuilt].map((text) => text.split("\n"));
    const at = Math.max(0, is.findIndex((line, i) => line !== was[i]));
    return [`${name}: line ${at + 1} is ${show(was[at])}, scores give ${show(is[at])}`];
  });
}

const show = (line: string | undefined): string =>
  line === undefined ? "absent" : JSON.stringify(line.trim().slice(0, 80));
