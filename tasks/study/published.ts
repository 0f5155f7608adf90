/**
 * Reads published cells back.
 *
 * @module
 */
import { join } from "@std/path";
import { type Cell, cellPath, type Setting } from "../../src/experiments/cell.ts";
import { gridOf } from "../../src/experiments/grid.ts";
import type { Study } from "../../src/experiments/studies.ts";
import { sha256 } from "../../src/provenance/digest.ts";
import { type CellScore, scoreOfCell } from "../../src/report/cell_score.ts";
import { exists, list, readBytes } from "../io.ts";
import { parseScores } from "./scores_file.ts";

/** The scores of all cells in a table's folder and the digests of their files. */
export interface Published {
  readonly scores: readonly CellScore[];
  readonly digests: Readonly<Record<string, string>>;
}

/** The folder of a published cell. */
export const folderOf = (table: string, cell: Cell): string => join(table, "cells", cellPath(cell));

/**
 * Reads every published cell of a study's grid, cell by cell in its order, seeds in ascending order.
 *
 * @throws {Error} when a file is no cell's scores or a folder no seed, naming it
 */
export function publishedScores(table: string, study: Study, setting: Setting): Published {
  const scores: CellScore[] = [], digests: Record<string, string> = {};
  for (const cell of cellsIn(table, study, setting)) {
    const path = join(folderOf(table, cell), "scores.json"), bytes = readBytes(path);
    digests[`cells/${cellPath(cell)}/scores.json`] = sha256(bytes);
    scores.push(scoreOfCell(cell, parseScores(bytes, path)));
  }
  return { scores, digests };
}

/**
 * The published cells of a study's grid, cell by cell in its order, seeds in ascending order.
 *
 * @throws {Error} when a folder is no seed, naming it
 */
export const cellsIn = (table: string, study: Study, setting: Setting): Cell[] =>
  gridOf(study, setting, { seeds: [0] }).flatMap((cell) =>
    seedsIn(join(folderOf(table, cell), "..")).map((seed) => ({ ...cell, seed }))
  );

/** The seeds that are published here, in order. A manifest is the last file of a cell that is put in place. */
const seedsIn = (folder: string): number[] =>
  list(folder).filter((name) => exists(join(folder, name, "manifest.json")))
    .map((name) => seedOf(folder, name)).sort((a, b) => a - b);

function seedOf(folder: string, name: string): number {
  const [, seed] = /^seed-(0|[1-9]\d*)$/.exec(name) ?? [];
  if (seed !== undefined) return Number(seed);
  throw new Error(`Cannot read ${join(folder, name)}: its name must be like seed-0 or seed-12`);
}
