/**
 * Native libraries, with which numbers are the same on one kind of machine only.
 *
 * @module
 */
import { type Cell, cellPath } from "../../src/experiments/cell.ts";
import type { Check } from "../../src/report/audit.ts";
import type { PlanCell } from "../study/plan.ts";
import { folderOf } from "../study/published.ts";
import { checkEach } from "./check.ts";
import { librariesOf } from "./published_cell.ts";

/** Every cell was made with the library that is here, on as many threads; another one gives other bytes. */
export function checkLibraries(table: string, cells: readonly Cell[], plan: PlanCell): Check {
  return checkEach("library", "cells made with the library that is here", cells, (cell) => {
    const made = named(librariesOf(folderOf(table, cell)));
    const here = named(Object.keys(plan(cell).modules.libraries ?? {}));
    if (made === here) return [];
    return [
      `${cellPath(cell)}: made with ${made}, found ${here}; --blas-library and --blas-threads ` +
      "choose another, and a replay needs the same",
    ];
  });
}

const named = (libraries: readonly string[]): string =>
  libraries.length === 0 ? "none" : libraries.join(" and ");
