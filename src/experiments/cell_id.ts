/**
 * What a cell's numbers depend on, and the id that follows from it.
 *
 * @module
 */
import { digestOf } from "../provenance/digest.ts";
import type { Modules } from "../provenance/modules.ts";
import type { Json } from "../provenance/strict_json.ts";
import { type Cell, cellJson } from "./cell.ts";

/** Everything that decides a cell's numbers. */
export interface CellInputs {
  readonly cell: Cell;
  /** The method's and loop's configuration. */
  readonly hyperparameters: Json;
  /** SHA-256 of each fixture that the cell reads, by path. */
  readonly fixtures: Readonly<Record<string, string>>;
  readonly modules: Modules;
}

/** The id of a cell: equal ids promise equal results. */
export const cellId = ({ cell, hyperparameters, fixtures, modules }: CellInputs): string =>
  digestOf({
    cell: cellJson(cell),
    hyperparameters,
    fixtures,
    modules: { ...modules },
  });
