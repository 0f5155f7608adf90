/**
 * A cell whose environments are stepped by other workers too. Waits for them without returning to the event loop.
 *
 * @module
 */
import { receiveMessageOnPort } from "node:worker_threads";
import type { Trial } from "../../src/experiments/run_cell.ts";
import {
  localShard,
  type Shard,
  shardedEnvironment,
  slotsOf,
} from "../../src/rl/sharded_environment.ts";
import { vectorEnvironment } from "../../src/rl/vector_environment.ts";
import { NonFiniteError } from "../../src/tensor/non_finite.ts";
import type { Doubles } from "../../src/tensor/tensor.ts";
import type { Fault, StepAnswer, StepRequest } from "./shard_messages.ts";

/**
 * The same trial with its environments in shards of neighbouring slots: the first is stepped here while the others
 * are stepped behind `ports`.
 */
export function overShards<S>(
  whole: Trial<S, Doubles>,
  ports: readonly MessagePort[],
): Trial<S, Doubles> {
  const [own, ...others] = slotsOf(whole.env.envs, ports.length + 1);
  const here = localShard(own, vectorEnvironment(whole.evaluation.env, own.envs, own.first));
  const shards = [here, ...others.map((slots, i) => remoteShard(slots, ports[i]))];
  return { ...whole, env: shardedEnvironment(whole.env, shards) };
}

function remoteShard(slots: Pick<Shard, "first" | "envs">, port: MessagePort): Shard {
  const answers = new Int32Array(new SharedArrayBuffer(4));
  let answered = 0;
  return {
    ...slots,
    begin(state, action, key) {
      const request: StepRequest = { first: slots.first, state, action, key, answers };
      port.postMessage(request);
    },
    finish() {
      Atomics.wait(answers, 0, answered++);
      const { message } = receiveMessageOnPort(port as never) as { message: StepAnswer };
      if ("fault" in message) throw errorOf(message.fault);
      return message.result;
    },
  };
}

/** The error as if it had been thrown here. */
function errorOf({ message, stack, nonFinite }: Fault): Error {
  const error = nonFinite === undefined
    ? new Error()
    : new NonFiniteError("step", "state", nonFinite.place, nonFinite.value);
  return Object.assign(error, { message, stack });
}
