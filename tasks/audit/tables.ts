/**
 * What follows from the cells of a table: pairs that began alike, and the table itself.
 *
 * @module
 */
import { join } from "@std/path";
import { armName, type Cell, cellPath } from "../../src/experiments/cell.ts";
import type { Check } from "../../src/report/audit.ts";
import { list, readText } from "../io.ts";
import { type TableName, tableOf } from "../study/table_files.ts";
import { folderOf } from "../study/published.ts";
import { ANALYSIS_FILES } from "./analyses.ts";
import { checkEach, faultsIn } from "./check.ts";
import { digestsOf } from "./published_cell.ts";

/** The first evaluation and the first training iteration see the parameters that both arms start from. */
const SHARED_ITERATIONS = 2;

/** What shares its start: a comparison, apart from seed and arm. */
const comparisonOf = ({ env, method, fidelity, variant }: Cell): string =>
  `${env}/${method}/${fidelity}/${variant.denoiser ?? ""}`;

/**
 * All arms of a comparison have the same seeds, and saw the same rollouts before their first update.
 *
 * @param published all cells of the table
 * @param cells those to check, and the comparisons that they are of
 */
export function checkPairs(
  table: string,
  published: readonly Cell[],
  cells: readonly Cell[],
): Check {
  const names = new Set(cells.map(comparisonOf));
  const lacking = missingIn(published.filter((cell) => names.has(comparisonOf(cell))));
  const group = (cell: Cell) => `${comparisonOf(cell)}/${cell.seed}`;
  const groups = Map.groupBy(cells, group), first = (cell: Cell) => groups.get(group(cell))![0];
  const others = cells.filter((cell) => cell !== first(cell));
  const claim = "seeds and first rollouts equal across optimizers";
  return checkEach("pairs", claim, [...others, ...lacking], (cell) => {
    if (lacking.includes(cell)) return [`${cellPath(cell)} is missing, other arms have this seed`];
    const [a, b] = [first(cell), cell].map((arm) => digestsOf(folderOf(table, arm)));
    const at = a.slice(0, SHARED_ITERATIONS).findIndex((d, i) => d.rollout !== b[i]?.rollout);
    if (at < 0) return [];
    return [
      `${cellPath(first(cell))} and ${cellPath(cell)}: rollouts of iteration ${at} differ, ` +
      `${a[at].rollout} ≠ ${b[at]?.rollout ?? "nothing"}`,
    ];
  });
}

/** Seeds that some arm of a comparison has and another, which has others, has not. */
const missingIn = (cells: readonly Cell[]): Cell[] =>
  [...Map.groupBy(cells, comparisonOf).values()].flatMap((own) => {
    const arms = new Map(own.map((cell) => [armName(cell), cell]));
    const paths = new Set(own.map(cellPath)), seeds = [...new Set(own.map(({ seed }) => seed))];
    return [...arms.values()].flatMap((arm) => seeds.map((seed) => ({ ...arm, seed })))
      .filter((cell) => !paths.has(cellPath(cell)));
  });

/** A drawing of the table's scores, which `report` puts beside it. */
export const FIGURE = "figure.svg";

/** What a table's folder holds besides the files that are rebuilt. */
const OTHERS = ["cells", FIGURE, ...ANALYSIS_FILES];

/** The table's files are, to the byte, what its cells' scores and its analysis give, and no other file lies beside them. */
export function checkTable(table: string, name: TableName): Check {
  const check = (names: readonly string[], faultsOf: (name: string) => readonly string[]) =>
    checkEach("table", "files rebuilt from scores to the byte", names, faultsOf);
  let files: Readonly<Record<string, string>> = {};
  const faults = faultsIn(() => {
    files = tableOf(table, name).files;
    return [];
  });
  if (faults.length > 0) return check([table], () => faults);
  const found = list(table).filter((file) => !OTHERS.includes(file));
  return check([...new Set([...Object.keys(files), ...found])], (file) => {
    if (!Object.hasOwn(files, file)) return [`${file} is no file of a table`];
    return textFaults(file, readText(join(table, file)), files[file]);
  });
}

/** The first line in which a text that was made from scores differs from what they give. */
export function textFaults(file: string, recorded: string, rebuilt: string): string[] {
  if (recorded === rebuilt) return [];
  const [was, is] = [recorded, rebuilt].map((text) => text.split("\n"));
  const length = Math.max(was.length, is.length);
  const at = Array.from({ length }).findIndex((_, i) => was[i] !== is[i]);
  const [before, after] = shownFrom(was[at], is[at]);
  return [`${file}: line ${at + 1} is ${before}, scores give ${after}`];
}

/** Two lines, long ones from shortly before they differ. */
function shownFrom(a: string | undefined, b: string | undefined): string[] {
  const length = Math.max(a?.length ?? 0, b?.length ?? 0);
  const differs = Array.from({ length }).findIndex((_, i) => a?.[i] !== b?.[i]);
  const start = Math.max(0, differs - 40);
  return [a, b].map((line) =>
    line === undefined ? "absent" : JSON.stringify(line.slice(start, start + 80).trim())
  );
}
