/**
 * Published cells whose trained networks are kept on this machine.
 *
 * @module
 */
import { join } from "@std/path";
import { type Cell, cellPath } from "../../src/experiments/cell.ts";
import type { Checkpoint } from "../../src/experiments/run_cell.ts";
import type { CellScores } from "../../src/experiments/score.ts";
import { unseal } from "../../src/experiments/sealed_checkpoint.ts";
import { digestOf, sha256 } from "../../src/provenance/digest.ts";
import { keptCheckpoint } from "../audit/checkpoints.ts";
import { digestsOf, idOf, scoresOf } from "../audit/published_cell.ts";
import { readBytes } from "../io.ts";
import type { PlanCell } from "../study/plan.ts";
import { folderOf } from "../study/published.ts";

/** A cell, its scores and the last state of its training. */
export interface TrainedCell {
  readonly cell: Cell;
  readonly id: string;
  /** SHA-256 of its published manifest. */
  readonly manifest: string;
  /** Digest of its last checkpoint, as published. */
  readonly checkpoint: string;
  readonly iteration: number;
  readonly scores: CellScores;
  /** The file of the policy that it started from. */
  readonly pretrained: Uint8Array;
  /** Reads the method's state. */
  state(): unknown;
}

/** What an analysis can look at, and what it has to leave out, with the reason. */
export interface TrainedCells {
  readonly cells: readonly TrainedCell[];
  readonly leftOut: readonly string[];
}

/**
 * Finds the networks of published cells.
 *
 * @param work folder of kept checkpoints
 */
export function trainedCells(
  table: string,
  cells: readonly Cell[],
  plan: PlanCell,
  work: string,
): TrainedCells {
  const found = cells.map((cell) => trainedCell(table, cell, plan, work));
  return {
    cells: found.filter((cell) => typeof cell !== "string"),
    leftOut: found.filter((cell) => typeof cell === "string"),
  };
}

function trainedCell(
  table: string,
  cell: Cell,
  plan: PlanCell,
  work: string,
): TrainedCell | string {
  const folder = folderOf(table, cell), planned = plan(cell);
  const without = (reason: string) => `${cellPath(cell)}: ${reason}`;
  if (idOf(folder) !== planned.id) return without("was made by other code or from other inputs");
  const kept = keptCheckpoint(work, table, cell), last = digestsOf(folder).at(-1);
  if (kept === undefined) return without("no checkpoint is kept here");
  if (last?.state !== digestOf(kept.tree)) return without("the kept checkpoint is another");
  return {
    cell,
    id: planned.id,
    manifest: sha256(readBytes(join(folder, "manifest.json"))),
    checkpoint: last.state,
    iteration: kept.iteration,
    scores: scoresOf(folder),
    pretrained: planned.pretrained,
    state: () => unseal<Checkpoint<unknown>>(kept.tree, (digest) => kept.blob(digest)).state,
  };
}
