/**
 * Checkpoints that runs on this machine have left beside the published files.
 *
 * @module
 */
import { join } from "@std/path";
import { type Cell, cellPath } from "../../src/experiments/cell.ts";
import type { Checkpoint } from "../../src/experiments/run_cell.ts";
import { unseal } from "../../src/experiments/sealed_checkpoint.ts";
import { digestOf } from "../../src/provenance/digest.ts";
import type { Json } from "../../src/provenance/strict_json.ts";
import type { Check } from "../../src/report/audit.ts";
import type { Side } from "../../src/report/audit_difference.ts";
import { exists } from "../io.ts";
import { CellFolder } from "../study/cell_store.ts";
import { checkEach } from "./check.ts";
import { folderOf } from "../study/published.ts";
import { digestsOf, idOf } from "./published_cell.ts";

/** A checkpoint read back, all arrays checked against their digests. */
export interface KeptCheckpoint extends Side {
  readonly iteration: number;
}

/**
 * The checkpoint kept for a published cell, if there is one.
 *
 * @throws {Error} when it is corrupt, naming the file
 */
export function keptCheckpoint(
  work: string,
  table: string,
  cell: Cell,
): KeptCheckpoint | undefined {
  const kept = new CellFolder(work, idOf(folderOf(table, cell))).checkpoint();
  if (kept === undefined) return undefined;
  const { tree, blobs } = kept, { iteration } = tree as { readonly iteration: number };
  return { iteration, tree, blob: (digest) => blobs[digest] };
}

/** Every kept checkpoint is whole and is the state that was published. */
export function checkCheckpoints(work: string, table: string, cells: readonly Cell[]): Check {
  const path = (cell: Cell) => folderOf(table, cell);
  const kept = cells.filter((cell) => exists(join(work, idOf(path(cell)), "progress.json")));
  return checkEach("checkpoints", "local checkpoints of replayed cells match", kept, (cell) => {
    const { iteration, tree } = keptCheckpoint(work, table, cell)!;
    const recorded = digestsOf(path(cell))[iteration]?.state, found = digestOf(tree as Json);
    if (recorded === found) return [];
    return [
      `${cellPath(cell)}: state of iteration ${iteration} must be ${recorded}, found ${found}`,
    ];
  });
}

/**
 * Where a replay from `iteration` goes on.
 *
 * @throws {Error} when the checkpoint before it is not kept
 */
export function resumeAt(
  kept: KeptCheckpoint | undefined,
  iteration: number,
  cell: Cell,
): Checkpoint<unknown> | undefined {
  if (iteration === 0) return undefined;
  if (kept?.iteration === iteration - 1) return unseal(kept.tree, (digest) => kept.blob(digest));
  const found = kept === undefined ? "no checkpoint" : `that of iteration ${kept.iteration}`;
  throw new Error(
    `Cannot replay ${
      cellPath(cell)
    } from iteration ${iteration}: it needs the checkpoint of iteration ` +
      `${iteration - 1}, found ${found}`,
  );
}
