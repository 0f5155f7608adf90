/**
 * Cells on workers.
 *
 * @module
 */
import { cellPath } from "../../src/experiments/cell.ts";
import { isExpected } from "../main.ts";
import { type Lifeline, lifeline } from "./lifeline.ts";
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
  return new Promise((resolve, reject) =>
    listen(worker, () => resolve(worker), {
      reject,
      fail: (reason) => reject(new Error(`Cannot start worker: ${reason}`)),
    })
  );
}

/** An order is done with the report of scores, or with the first worker that fails or ends. */
async function runOn(crew: Crew, assignment: Assignment): Promise<void> {
  const order = assignment.order(), lines: Lifeline[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      const watch = (worker: Worker, task: string, take: (report: WorkerReport) => void) => {
        const fail = (reason: string, stack?: string) =>
          reject(faultOf(order, task, reason, stack));
        listen(worker, take, { reject, fail });
        const line = lifeline(() => fail("it ended without an error"));
        lines.push(line);
        return line.far;
      };
      const far = watch(crew.cell, "runs it", (report) => {
        if (report.kind === "checkpoint") assignment.onCheckpoint(report);
        if (report.kind === "scores") resolve(assignment.onScores(report));
      });
      const farOfShards = crew.shards.map((shard) => watch(shard, "steps environments", () => {}));
      send(crew, order, far, farOfShards);
    });
  } finally {
    lines.forEach((line) => line.cut());
  }
}

/** Names the cell; a defect in the worker stays one, with its stack. */
function faultOf({ cell }: CellOrder, task: string, reason: string, stack?: string): Error {
  const place = `${cellPath(cell)}: worker that ${task}`;
  if (stack !== undefined && !isExpected(new Error(reason))) {
    return Object.assign(new Error(`${place}: ${reason}`), { stack: `${place}: ${stack}` });
  }
  const advice = "the same command goes on from the last checkpoint";
  return Object.assign(new Error(`Cannot run ${place}: ${reason}; ${advice}`), { stack });
}

/**
 * Gives the order to all workers of a crew and joins them by channels of this order's own.
 *
 * @param lifeline the cell's worker's
 * @param lifelines those of the shards' workers
 */
function send(
  { cell, shards }: Crew,
  order: CellOrder,
  lifeline: MessagePort,
  lifelines: readonly MessagePort[],
): void {
  if (shards.length === 0) return cell.postMessage({ ...order, lifeline }, [lifeline]);
  const ports = shards.map((shard, i) => {
    const { port1, port2 } = new MessageChannel();
    const shardOrder: ShardOrder = {
      cell: order.cell,
      pretrained: order.pretrained,
      port: port1,
      lifeline: lifelines[i],
    };
    shard.postMessage(shardOrder, [port1, lifelines[i]]);
    return port2;
  });
  cell.postMessage({ ...order, lifeline, shards: ports }, [lifeline, ...ports]);
}

/** What to do when a worker does not do what it should. */
interface Trouble {
  /** An error that says itself what could not be done. */
  reject(error: unknown): void;
  /** The worker has failed or is gone. */
  fail(reason: string, stack?: string): void;
}

/** Passes reports on; an error of the worker or of what is done with its reports is trouble. */
function listen(
  worker: Worker,
  take: (report: WorkerReport) => void,
  { reject, fail }: Trouble,
): void {
  worker.onerror = (event) => {
    event.preventDefault();
    fail(event.message);
  };
  worker.onmessage = ({ data }: MessageEvent<WorkerReport>) => {
    if (data.kind === "failure") return fail(data.message, data.stack);
    try {
      take(data);
    } catch (error) {
      reject(error);
    }
  };
}
