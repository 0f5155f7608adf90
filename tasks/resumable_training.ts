/**
 * Pre-training that may be interrupted: what it has reached is kept on disk once a minute, and at the end.
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
 * What is made of the last state of a training. Work kept below `root` is gone on with, and removed once `use` has
 * returned: until then the last state is kept too.
 *
 * @throws {Error} when another process trains the same
 */
export function useTrained<T>(
  training: Training,
  root: string,
  use: (last: PretrainState) => T,
  pause = PAUSE,
): T {
  const folder = new CellFolder(root, training.id);
  using lock = folder.lock();
  if (lock === undefined) throw new Error("Cannot train: another process trains this very policy");
  const kept = keptState(folder), isWhole = kept?.period === training.periods;
  const used = use(isWhole ? kept : lastState(folder, training, kept, pause));
  remove(join(root, training.id));
  return used;
}

function lastState(
  folder: CellFolder,
  { periods, run }: Training,
  from: PretrainState | undefined,
  pause: number,
): PretrainState {
  const progress = progressOnStderr(periods - (from?.period ?? 0));
  let state = from, last = performance.now();
  for (const next of run(from)) {
    state = next;
    progress.advance(`loss ${next.loss.toFixed(4)}`);
    if (next.period < periods && performance.now() - last < pause) continue;
    keep(folder, next);
    last = performance.now();
  }
  progress.close();
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
