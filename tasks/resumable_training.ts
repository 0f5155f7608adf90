/**
 * Pre-training that may be interrupted: what it has reached is kept on disk once a minute.
 *
 * @module
 */
import { join } from "@std/path";
import type { PretrainState } from "../src/data/pretrain.ts";
import { restore, snapshot } from "../src/provenance/snapshot.ts";
import { remove } from "./io.ts";
import { progressOnStderr } from "./progress.ts";
import { CellFolder } from "./study/cell_store.ts";

/** How to train. */
export interface Training {
  /** Digest of all that decides the outcome: work is kept under it. */
  readonly id: string;
  readonly periods: number;
  /** Goes on from a state, or begins. */
  run(from?: PretrainState): Iterable<PretrainState>;
}

/** Milliseconds between states that are kept. */
const PAUSE = 60_000;

/**
 * The last state of a training. Work kept below `root` is gone on with, and removed at the end.
 *
 * @throws {Error} when another process trains the same
 */
export function trained(
  { id, periods, run }: Training,
  root: string,
  pause = PAUSE,
): PretrainState {
  const folder = new CellFolder(root, id);
  using lock = folder.lock();
  if (lock === undefined) throw new Error("Cannot train: another process trains this very policy");
  let state = keptState(folder);
  const progress = progressOnStderr(periods - (state?.period ?? 0));
  let last = performance.now();
  for (const next of run(state)) {
    state = next;
    progress.advance(`loss ${next.loss.toFixed(4)}`);
    if (next.period === periods || performance.now() - last < pause) continue;
    keep(folder, next);
    last = performance.now();
  }
  progress.close();
  remove(join(root, id));
  return state!;
}

function keptState(folder: CellFolder): PretrainState | undefined {
  const kept = folder.checkpoint();
  return kept && restore(kept.tree, (digest) => kept.blobs[digest]) as PretrainState;
}

function keep(folder: CellFolder, state: PretrainState): void {
  const { tree, blobs } = snapshot(state);
  folder.keep({ tree, digests: [], metrics: [] }, Object.fromEntries(blobs));
}
