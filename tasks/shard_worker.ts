/**
 * Steps a part of a cell's environments for the worker that runs the cell. It holds no permission.
 *
 * @module
 */
import { mujocoEngines } from "../src/adapters/mujoco_engines.ts";
import { openCell } from "../src/experiments/open_cell.ts";
import type { ChunkEnvironment } from "../src/rl/multi_step.ts";
import { vectorEnvironment } from "../src/rl/vector_environment.ts";
import { NonFiniteError } from "../src/tensor/non_finite.ts";
import type { Doubles } from "../src/tensor/tensor.ts";
import type { WorkerReport } from "./study/messages.ts";
import type { Fault, ShardOrder, StepAnswer, StepRequest } from "./study/shard_messages.ts";

const worker = self as unknown as {
  postMessage(report: WorkerReport): void;
  onmessage: (event: MessageEvent<ShardOrder>) => void;
};
let previous: MessagePort | undefined;

worker.onmessage = ({ data: { cell, pretrained, port } }) => {
  previous?.close();
  previous = port;
  const { env } = openCell(cell, pretrained, mujocoEngines).evaluation;
  port.onmessage = ({ data }: MessageEvent<StepRequest>) => {
    port.postMessage(answerTo(data, env));
    Atomics.add(data.answers, 0, 1);
    Atomics.notify(data.answers, 0);
  };
};

function answerTo(
  { first, state, action, key }: StepRequest,
  env: ChunkEnvironment<Doubles>,
): StepAnswer {
  try {
    return { result: vectorEnvironment(env, state.elapsed.length, first).step(state, action, key) };
  } catch (error) {
    return { fault: faultOf(error as Error) };
  }
}

function faultOf(error: Error): Fault {
  const { message, stack } = error;
  if (!(error instanceof NonFiniteError)) return { message, stack };
  return { message, stack, nonFinite: { place: error.place, value: error.value } };
}
// Messages sent earlier would be lost while the modules above are still loading.
worker.postMessage({ kind: "ready" });
