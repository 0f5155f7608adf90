/**
 * Cells on workers.
 *
 * @module
 */
import type { CellOrder, CheckpointReport, ScoresReport, WorkerReport } from "./messages.ts";

/** A cell to run and what to do with its reports. */
export interface Assignment {
  /** Called when a worker is free; its bytes are then read. */
  order(): CellOrder;
  onCheckpoint(report: CheckpointReport): void;
  onScores(report: ScoresReport): void;
}

/** What a worker may do. */
export type Permissions = "none" | { readonly ffi: true };

/** Runs all assignments, `jobs` at a time. The first failure ends all of them. */
export async function runAll(
  assignments: readonly Assignment[],
  jobs: number,
  permissions: Permissions = "none",
): Promise<void> {
  const queue = [...assignments], workers: Worker[] = [];
  const lane = async () => {
    const worker = await startWorker(workers, permissions);
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      await runOn(worker, next);
    }
  };
  try {
    const lanes = Math.min(jobs, queue.length);
    await Promise.all(Array.from({ length: lanes }, lane));
  } finally {
    workers.forEach((worker) => worker.terminate());
  }
}

function startWorker(workers: Worker[], permissions: Permissions): Promise<Worker> {
  const worker = new Worker(new URL("../cell_worker.ts", import.meta.url), {
    type: "module",
    deno: { permissions },
  });
  workers.push(worker);
  return new Promise((resolve, reject) => listen(worker, () => resolve(worker), reject));
}

function runOn(worker: Worker, assignment: Assignment): Promise<void> {
  return new Promise((resolve, reject) => {
    listen(worker, (report) => {
      if (report.kind === "checkpoint") assignment.onCheckpoint(report);
      if (report.kind === "scores") resolve(assignment.onScores(report));
    }, reject);
    worker.postMessage(assignment.order());
  });
}

/** Passes reports on; an error of the worker or of what is done with its reports rejects. */
function listen(
  worker: Worker,
  take: (report: WorkerReport) => void,
  reject: (error: unknown) => void,
): void {
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(`Cannot run worker: ${event.message}`));
  };
  worker.onmessage = ({ data }: MessageEvent<WorkerReport>) => {
    if (data.kind === "failure") {
      return reject(Object.assign(new Error(data.message), { stack: data.stack }));
    }
    try {
      take(data);
    } catch (error) {
      reject(error);
    }
  };
}
