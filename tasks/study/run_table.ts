/**
 * Runs what is left of a table.
 *
 * @module
 */
import { join } from "@std/path";
import type { BlasOptions } from "../../src/adapters/blas_library.ts";
import { type Cell, cellPath } from "../../src/experiments/cell.ts";
import { exists, write } from "../io.ts";
import { CellFolder, type Finished, type Kept, WORK } from "./cell_store.ts";
import { kindOf } from "./forecast.ts";
import type { CellOrder } from "./messages.ts";
import { type Monitor, monitorOf } from "./monitor.ts";
import { observations } from "./observations.ts";
import type { PlannedCell } from "./plan.ts";
import { type Assignment, type Crews, runAll } from "./pool.ts";
import type { Progress } from "../progress.ts";
import { publishCell } from "./publish.ts";
import { folderOf } from "./published.ts";

/** Parts of a cell that progress counts: iterations and the final evaluation. */
const partsOf = (planned: PlannedCell, kept?: Kept): number =>
  planned.iterations - (kept?.digests.length ?? 0) + 1;

/** A cell and what earlier runs have left of it. */
interface Task {
  readonly planned: PlannedCell;
  readonly folder: CellFolder;
  readonly finished?: Finished;
  readonly kept?: Kept;
}

/** What cells would take. */
export interface Workload {
  readonly tasks: readonly Task[];
  /** Parts that are not done yet. */
  readonly parts: number;
}

/** What must be left of a cell for it to count as done. */
export interface Need {
  /** Whether its trained networks, not only its outcome. */
  networks(cell: Cell): boolean;
}

/** Looks up what earlier runs have finished. */
export function workloadOf(cells: readonly PlannedCell[], need: Need): Workload {
  const tasks = cells.map((planned) => {
    const folder = new CellFolder(WORK, planned.id), kept = folder.progress();
    const isLacking = need.networks(planned.cell) && kept === undefined;
    const finished = isLacking ? undefined : folder.finished();
    return { planned, folder, finished, kept: finished ? undefined : kept };
  });
  const open = tasks.filter((task) => task.finished === undefined);
  return { tasks, parts: open.reduce((sum, task) => sum + partsOf(task.planned, task.kept), 0) };
}

/** Whether the trained networks of a cell are kept here. */
export const keepsNetworks = ({ id }: PlannedCell): boolean =>
  exists(join(WORK, id, "progress.json")) && exists(join(WORK, id, "finished.json"));

/** Runs the open cells on crews of workers and publishes every cell below `table`. */
export async function runTable(
  { tasks }: Workload,
  { table, crews, blas, progress }: {
    readonly table: string;
    readonly crews: Crews;
    readonly blas?: BlasOptions;
    readonly progress: Progress;
  },
): Promise<void> {
  const publish = (task: Task, finished: Finished) => publishCell(table, task.planned, finished);
  for (const task of tasks) if (task.finished !== undefined) publish(task, task.finished);
  const open = tasks.filter((task) => task.finished === undefined);
  const monitor = monitorOf(partsByKind(open), progress);
  const timer = setInterval(monitor.tick, 60_000);
  const assignments = open.map((task) =>
    assignmentOf(task, blas, monitor, (finished, seconds) => {
      publish(task, finished);
      const path = join(folderOf(table, task.planned.cell), "run.json");
      write(path, `${JSON.stringify(observations(seconds), null, 2)}\n`);
    })
  );
  try {
    await runAll(assignments, crews, blas === undefined ? "none" : { ffi: true });
  } finally {
    clearInterval(timer);
  }
}

function partsByKind(tasks: readonly Task[]): ReadonlyMap<string, number> {
  const parts = new Map<string, number>();
  for (const { planned, kept } of tasks) {
    const kind = kindOf(planned.cell);
    parts.set(kind, (parts.get(kind) ?? 0) + partsOf(planned, kept));
  }
  return parts;
}

function assignmentOf(
  { planned, folder }: Task,
  blas: BlasOptions | undefined,
  monitor: Monitor,
  done: (finished: Finished, seconds: number) => void,
): Assignment {
  const { cell, pretrained } = planned;
  let kept: Kept | undefined, start = 0, lock: Disposable | undefined;
  return {
    order(): CellOrder {
      start = performance.now();
      lock = folder.lock();
      if (lock === undefined) throw inUse(cellPath(cell));
      monitor.begin(cell);
      // Another process may have gone on with it since the work was looked up.
      const found = folder.checkpoint();
      kept = found;
      const resume = found && { tree: found.tree, blobs: found.blobs };
      return { cell, pretrained, resume, blas };
    },
    onCheckpoint({ tree, newBlobs, digests, metrics }) {
      kept = {
        tree,
        digests: [...kept?.digests ?? [], digests],
        metrics: [...kept?.metrics ?? [], metrics],
      };
      folder.keep(kept, newBlobs);
      monitor.advance(cell);
    },
    onScores({ scores }) {
      const finished = { scores, digests: kept?.digests ?? [], metrics: kept?.metrics ?? [] };
      folder.finish(finished);
      monitor.advance(cell);
      monitor.end(cell);
      done(finished, (performance.now() - start) / 1000);
      lock?.[Symbol.dispose]();
    },
  };
}

/** Tables share cells: one that several ask for is run by one process at a time. */
const inUse = (label: string): Error =>
  new Error(
    `Cannot run ${label}: another process runs it; when that has ended, the same command goes on`,
  );
