/**
 * Runs cells in a worker: bytes come in, checkpoints go out. It holds no permission, unless
 * matrix products are a native library's.
 *
 * @module
 */
import { mujocoEngines } from "../src/adapters/mujoco_engines.ts";
import { openCell } from "../src/experiments/open_cell.ts";
import { type Checkpoint, runCell } from "../src/experiments/run_cell.ts";
import { seal, unseal } from "../src/experiments/sealed_checkpoint.ts";
import type { BlasOptions } from "../src/adapters/blas_library.ts";
import type { CellOrder, WorkerReport } from "./study/messages.ts";

const port = self as unknown as {
  postMessage(report: WorkerReport): void;
  onmessage: (event: MessageEvent<CellOrder>) => void;
};

let products: Promise<string> | undefined;

/** Strict cells do not load the code of BLAS, so that their identity does not depend on it. */
const useBlas = (options: BlasOptions): Promise<string> =>
  products ??= import("../src/adapters/blas.ts").then(({ installBlas }) => installBlas(options));

async function run({ cell, pretrained, resume, blas, shards }: CellOrder): Promise<void> {
  if (blas !== undefined) await useBlas(blas);
  const whole = openCell(cell, pretrained, mujocoEngines);
  const trial = shards
    ? (await import("./study/shard_client.ts")).overShards(whole, shards)
    : whole;
  const from: Checkpoint<unknown> | undefined = resume &&
    unseal(resume.tree, (digest) => resume.blobs[digest]);
  const run = runCell(trial, from);
  let known = new Set(Object.keys(resume?.blobs ?? {}));
  for (let step = run.next();; step = run.next()) {
    if (step.done) {
      port.postMessage({ kind: "scores", scores: step.value });
      return;
    }
    const { tree, blobs, digests, metrics } = seal(step.value);
    const newBlobs = Object.fromEntries([...blobs].filter(([digest]) => !known.has(digest)));
    port.postMessage({ kind: "checkpoint", tree, newBlobs, digests, metrics });
    known = new Set(blobs.keys());
  }
}

port.onmessage = async ({ data }) => {
  try {
    await run(data);
  } catch (error) {
    const { message, stack } = error as Error;
    port.postMessage({ kind: "failure", message, stack });
  }
};
// Messages sent earlier would be lost while the modules above are still loading.
port.postMessage({ kind: "ready" });
