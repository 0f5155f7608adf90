/**
 * What follows from the cells of a table: pairs that began alike, and the table itself.
 *
 * @module
 */
import { join } from "@std/path";
import { type Cell, cellPath } from "../../src/experiments/cell.ts";
import type { Check } from "../../src/report/audit.ts";
import { list, readText } from "../io.ts";
import { type TableName, tableOf } from "../study/publish.ts";
import { folderOf } from "../study/published.ts";
import { isOfAnalysis } from "./analyses.ts";
import { checkEach } from "./check.ts";
import { digestsOf } from "./published_cell.ts";

/** The first evaluation and the first training iteration see the parameters that both arms start from. */
const SHARED_ITERATIONS = 2;

/** All arms of a comparison saw the same rollouts before their first update. */
export function checkPairs(table: string, cells: readonly Cell[]): Check {
  const group = ({ env, method, seed, fidelity, variant }: Cell) =>
    `${env}/${method}/${seed}/${fidelity}/${variant.denoiser ?? ""}`;
  const groups = Map.groupBy(cells, group), first = (cell: Cell) => groups.get(group(cell))![0];
  const others = cells.filter((cell) => cell !== first(cell));
  return checkEach("pairs", "first rollouts equal across optimizers", others, (cell) => {
    const [a, b] = [first(cell), cell].map((arm) => digestsOf(folderOf(table, arm)));
    const at = a.slice(0, SHARED_ITERATIONS).findIndex((d, i) => d.rollout !== b[i]?.rollout);
    if (at < 0) return [];
    return [
      `${cellPath(first(cell))} and ${cellPath(cell)}: rollouts of iteration ${at} differ, ` +
      `${a[at].rollout} ≠ ${b[at]?.rollout ?? "nothing"}`,
    ];
  });
}

/** A drawing of the table's scores, which `report` puts beside it. */
export const FIGURE = "figure.svg";

/** The table's files are, to the byte, what its cells' scores give, and no other file lies beside them. */
export function checkTable(table: string, name: TableName): Check {
  const names = ["table.json", "table.csv", "table.md", "manifest.json"];
  const strangers = list(table).filter((file) =>
    ![...names, "cells", FIGURE].includes(file) && !isOfAnalysis(file)
  );
  let files: Readonly<Record<string, string>> | undefined;
  return checkEach(
    "table",
    "files rebuilt from scores to the byte",
    [...names, ...strangers],
    (file) => {
      if (strangers.includes(file)) return [`${file} is no file of a table`];
      // In here, so that what the table cannot be built from is a fault of the table.
      files ??= tableOf(table, name).files;
      const recorded = readText(join(table, file)), rebuilt = files[file];
      if (recorded === rebuilt) return [];
      const [was, is] = [recorded, rebuilt].map((text) => text.split("\n"));
      const at = Math.max(0, is.findIndex((line, i) => line !== was[i]));
      return [`${file}: line ${at + 1} is ${show(was[at])}, scores give ${show(is[at])}`];
    },
  );
}

const show = (line: string | undefined): string =>
  line === undefined ? "absent" : JSON.stringify(line.trim().slice(0, 80));
