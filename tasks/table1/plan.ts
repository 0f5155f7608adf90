/**
 * What a table needs: its cells, their inputs and their ids.
 *
 * @module
 */
import { type BlasOptions, openBlas } from "../../src/adapters/blas_library.ts";
import type { Cell } from "../../src/experiments/cell.ts";
import { cellId } from "../../src/experiments/cell_id.ts";
import { cellHyperparameters, cellLoop, pretrainedPath } from "../../src/experiments/open_cell.ts";
import { gridOf } from "../../src/experiments/grid.ts";
import { sha256 } from "../../src/provenance/digest.ts";
import { type Modules, modulesOf } from "../../src/provenance/modules.ts";
import type { Json } from "../../src/provenance/strict_json.ts";
import { type FixtureDigests, fixtureDigests, readFixture } from "../fixtures.ts";
import { readBytes, readJson } from "../io.ts";
import type { Flags } from "./flags.ts";

/** A cell with everything that decides its numbers. */
export interface PlannedCell {
  readonly cell: Cell;
  readonly id: string;
  readonly iterations: number;
  readonly hyperparameters: Json;
  readonly fixtures: Readonly<Record<string, string>>;
  readonly pretrained: Uint8Array;
}

/** The cells of a run and the code that runs them. */
export interface Plan {
  readonly cells: readonly PlannedCell[];
  readonly modules: Modules;
}

/**
 * Finds the cells asked for and checks what they read. Cells without a pre-trained policy do not exist yet.
 *
 * @throws {Error} when a fixture is corrupt or no cell is left
 */
export function planOf(flags: Flags): Plan {
  const digests = fixtureDigests(), modules = currentModules(flags.blas);
  const isReady = (cell: Cell) => pretrainedPath(cell).replace("fixtures/", "") in digests;
  const cells = gridOf(flags.setting, flags).filter(isReady);
  if (cells.length === 0) {
    const { profile } = flags.setting;
    throw new Error(`Cannot plan: no pre-trained ${profile} policy for any cell asked for`);
  }
  return { modules, cells: cells.map((cell) => plannedCell(cell, digests, modules)) };
}

/**
 * A cell with its inputs.
 *
 * @throws {Error} when a fixture is corrupt
 */
export function plannedCell(cell: Cell, digests: FixtureDigests, modules: Modules): PlannedCell {
  const path = pretrainedPath(cell), pretrained = readFixture(path, digests);
  const fixtures = { [path]: sha256(pretrained) };
  const hyperparameters = cellHyperparameters(cell);
  const id = cellId({ cell, hyperparameters, fixtures, modules });
  const { iterations } = cellLoop(cell);
  return { cell, id, iterations, hyperparameters, fixtures, pretrained };
}

/**
 * The files and packages that cells run on and, with BLAS, the library.
 *
 * @throws {Error} when the library cannot be opened
 */
export function currentModules(blas?: BlasOptions): Modules {
  const { imports } = readJson("deno.json") as { imports: Record<string, string> };
  const lock = readJson("deno.lock") as Parameters<typeof modulesOf>[3];
  const reached = (entry: string) => modulesOf(entry, readBytes, imports, lock);
  const strict = reached("tasks/cell_worker.ts");
  if (blas === undefined) return strict;
  const added = reached("src/adapters/blas.ts"), { description } = openBlas(blas);
  return {
    files: { ...strict.files, ...added.files },
    packages: { ...strict.packages, ...added.packages },
    libraries: { [description]: sha256(description) },
  };
}
