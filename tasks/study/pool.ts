/**
 * Cells on workers.
 *
 * @module
 */
import type { CellOrder, CheckpointReport, ScoresReport, WorkerReport } from "./messages.ts";
import type { ShardOrder } from "./shard_messages.ts";

/** A cell to run and what to do with its reports. */
export interface Assignment {
  /** Called when a worker is free; its bytes are then read. */
  order(): CellOrder;
  onCheckpoint(report: CheckpointReport): void;
  onScores(report: ScoresReport): void;
}

/** What a worker may do. */
export type Permissions = "none" | { readonly ffi: true };

/** How many workers there are; no result depends on it. */
export interface Crews {
  /** Cells at a time. */
  readonly jobs: number;
  /** Workers that step the environments of one cell, the one that runs the cell among them. */
  readonly rolloutWorkers: number;
}

/** The workers of one cell at a time. */
interface Crew {
  readonly cell: Worker;
  /** Those that step environments only. */
  readonly shards: readonly Worker[];
}

/** Runs all assignments. The first failure ends all of them. */
export async function runAll(
  assignments: readonly Assignment[],
  crews: Crews,
  permissions: Permissions = "none",
): Promise<void> {
  const queue = [...assignments], workers: Worker[] = [];
  const start = (module: string, permissions: Permissions) =>
    startWorker(new URL(module, import.meta.url), workers, permissions);
  const lane = async () => {
    const [cell, ...shards] = await Promise.all([
      start("../cell_worker.ts", permissions),
      ...Array.from(
        { length: crews.rolloutWorkers - 1 },
        () => start("../shard_worker.ts", "none"),
      ),
    ]);
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      await runOn({ cell, shards }, next);
    }
  };
  try {
    const lanes = Math.min(crews.jobs, queue.length);
    await Promise.all(Array.from({ length: lanes }, lane));
  } finally {
    workers.forEach((worker) => worker.terminate());
  }
}

function startWorker(module: URL, workers: Worker[], permissions: Permissions): Promise<Worker> {
  const worker = new Worker(module, { type: "module", deno: { permissions } });
  workers.push(worker);
  return new Promise((resolve, reject) => listen(worker, () => resolve(worker), reject));
}

function runOn(crew: Crew, assignment: Assignment): Promise<void> {
  return new Promise((resolve, reject) => {
    listen(crew.cell, (report) => {
      if (report.kind === "checkpoint") assignment.onCheckpoint(report);
      if (report.kind === "scores") resolve(assignment.onScores(report));
    }, reject);
    for (const shard of crew.shards) listen(shard, () => {}, reject);
    send(crew, assignment.order());
  });
}

/** Gives the order to all workers of a crew and joins them by channels of this order's own. */
function send({ cell, shards }: Crew, order: CellOrder): void {
  if (shards.length === 0) return cell.postMessage(order);
  const ports = shards.map((shard) => {
    const { port1, port2 } = new MessageChannel();
    const shardOrder: ShardOrder = {
      cell: order.cell,
      pretrained: order.pretrained,
      port: port1,
    };
    shard.postMessage(shardOrder, [port1]);
    return port2;
  });
  cell.postMessage({ ...order, shards: ports }, ports);
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
