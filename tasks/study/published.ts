/**
 * Reads published cells back.
 *
 * @module
 */
import { join } from "@std/path";
import { type Cell, cellPath, type Setting } from "../../src/experiments/cell.ts";
import { gridOf } from "../../src/experiments/grid.ts";
import type { CellScores } from "../../src/experiments/score.ts";
import type { Study } from "../../src/experiments/studies.ts";
import { sha256 } from "../../src/provenance/digest.ts";
import { type CellScore, scoreOfCell } from "../../src/report/cell_score.ts";
import { exists, list, readText } from "../io.ts";

/** The scores of all cells in a table's folder and the digests of their files. */
export interface Published {
  readonly scores: readonly CellScore[];
  readonly digests: Readonly<Record<string, string>>;
}

/** The folder of a published cell. */
export const folderOf = (table: string, cell: Cell): string => join(table, "cells", cellPath(cell));

/** Reads every published cell of a study's grid, cell by cell in its order, seeds in ascending order. */
export function publishedScores(table: string, study: Study, setting: Setting): Published {
  const scores: CellScore[] = [], digests: Record<string, string> = {};
  for (const cell of gridOf(study, setting, { seeds: [0] })) {
    for (const seed of seedsIn(join(folderOf(table, cell), ".."))) {
      const own = { ...cell, seed }, text = readText(join(folderOf(table, own), "scores.json"));
      digests[`cells/${cellPath(own)}/scores.json`] = sha256(text);
      scores.push(scoreOfCell(own, JSON.parse(text) as CellScores));
    }
  }
  return { scores, digests };
}

/** The seeds that are published here, in order. A manifest is the last file of a cell that is put in place. */
export const seedsIn = (folder: string): number[] =>
  list(folder).filter((name) => exists(join(folder, name, "manifest.json")))
    .map((name) => Number(name.replace("seed-", ""))).sort((a, b) => a - b);
