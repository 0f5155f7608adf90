/**
 * Which tables an audit is of.
 *
 * @module
 */
import { basename, join } from "@std/path";
import { type BudgetName, BUDGETS } from "../../src/experiments/budgets.ts";
import type { Setting } from "../../src/experiments/cell.ts";
import { namesOf } from "../../src/experiments/grid.ts";
import type { StudyName } from "../../src/experiments/studies.ts";
import { exists, list, readBytes } from "../io.ts";
import { tableFolder } from "../study/publish.ts";
import type { TableName } from "../study/table_files.ts";
import type { Flags } from "./flags.ts";
import { publishedCells } from "./published_cell.ts";

/** A published table. */
export interface Target {
  readonly name: TableName;
  /** Its folder. */
  readonly table: string;
  /** Names of the cells asked for; absent for every cell. */
  readonly only?: readonly string[];
}

/**
 * The tables asked for that are published: of each study the budget asked for, or its longest. Among several, those
 * with any of the cells asked for.
 *
 * @throws {Error} when there is none, or no table has a cell asked for
 */
export function targetsOf(flags: Flags): readonly Target[] {
  const { studies, only } = flags, folderOf = folders(flags);
  const found = studies.flatMap((study) => {
    const budget = budgetsAsked(flags).findLast((budget) => isTable(folderOf(study, budget)));
    if (budget === undefined) return [];
    const name = { study, setting: settingOf(flags, budget) };
    return [{ name, table: folderOf(study, budget), only }];
  });
  if (found.length === 0) throw nothingPublished(flags, folderOf);
  return studies.length === 1 ? found : withCells(found, flags);
}

const settingOf = (
  { profile, numerics, fidelity, omega }: Flags,
  budget: BudgetName,
): Setting => ({ profile, budget, numerics, fidelity, omega });

const budgetsAsked = ({ budget }: Flags): readonly BudgetName[] =>
  budget === undefined ? BUDGETS : [budget];

const isTable = (folder: string): boolean => exists(join(folder, "table.json"));

const rootOf = (flags: Flags, study: StudyName): string => flags.in ?? `results/${study}`;

/** Names the folders of tables. */
function folders(flags: Flags): (study: StudyName, budget: BudgetName) => string {
  const own = flags.pretrained === undefined ? undefined : readBytes(flags.pretrained);
  return (study, budget) => tableFolder(rootOf(flags, study), settingOf(flags, budget), own);
}

/** The tables that hold cells asked for, each with the names that it knows. */
function withCells(targets: readonly Target[], { only, seed }: Flags): readonly Target[] {
  const known = targets.map((target) => {
    const cells = publishedCells(target.table, target.name)
      .filter((cell) => seed === undefined || cell.seed === seed);
    const isHeld = (name: string) => cells.some((cell) => namesOf(cell).includes(name));
    return { ...target, only: only?.filter(isHeld), size: cells.length };
  });
  const stranger = only?.find((name) => !known.some((target) => target.only?.includes(name)));
  const held = known.filter(({ only, size }) => size > 0 && only?.length !== 0);
  if (stranger === undefined && held.length > 0) return held;
  const asked = [stranger ?? [], seed === undefined ? [] : `seed ${seed}`].flat().join(" of ");
  throw new Error(`Cannot audit: no published table holds ${asked}`);
}

/** Only one study has a task that may load a library. */
const BLAS_MAKER = "reproduce:table1:blas makes that of table1";

function nothingPublished(flags: Flags, folderOf: ReturnType<typeof folders>): Error {
  const [study] = flags.studies, root = rootOf(flags, study);
  const asked = budgetsAsked(flags).map((budget) => basename(folderOf(study, budget)));
  const found = list(root).filter((name) => isTable(join(root, name)));
  return new Error(
    `Cannot audit: ${root} holds no table ${asked.join(" or ")}, found ` +
      `${found.join(", ") || "none"}; ` +
      `deno task ${flags.numerics === "strict" ? `reproduce:${study} makes one` : BLAS_MAKER}`,
  );
}
