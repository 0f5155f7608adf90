/**
 * Studies share cells: what one has published under an id, another need not run again.
 *
 * @module
 */
import { join } from "@std/path";
import { type Setting, settingPath } from "../../src/experiments/cell.ts";
import { studies } from "../../src/experiments/studies.ts";
import { fileFaults } from "../audit/manifests.ts";
import { hasId } from "../audit/published_cell.ts";
import { list, readBytes, writeTogether } from "../io.ts";
import type { PlannedCell } from "./plan.ts";
import { folderOf } from "./published.ts";

/** The usual folders of every study's table. */
export const usualTables = (setting: Setting): string[] =>
  Object.keys(studies).map((study) => join("results", study, settingPath(setting)));

/** The folder below one of `tables` where this very cell is published, files unharmed; undefined where there is none. */
export const publishedIn = (tables: readonly string[], { cell, id }: PlannedCell) =>
  tables.map((table) => folderOf(table, cell))
    .find((folder) => hasId(folder, id) && fileFaults(folder).length === 0);

/** Publishes a cell below `table` too, with the files of a folder where it is published already. */
export function adopt(folder: string, table: string, { cell }: PlannedCell): void {
  if (folder === folderOf(table, cell)) return;
  const files = list(folder).filter((name) => name !== "run.json");
  const contents = files.map((name) => [name, readBytes(join(folder, name))] as const);
  // The manifest is the last file of a cell that is put in place.
  contents.sort(([a], [b]) => Number(a === "manifest.json") - Number(b === "manifest.json"));
  writeTogether(folderOf(table, cell), Object.fromEntries(contents));
}
