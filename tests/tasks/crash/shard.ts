/** The worker that steps environments, which ends in the middle of an iteration. */
import "../../../tasks/shard_worker.ts";
import type { ShardOrder } from "../../../tasks/study/shard_messages.ts";
import { crash, wayOf } from "./crash.ts";

/** Half an iteration more than one. */
const STEPS = 150;

const worker = self as unknown as { onmessage(event: MessageEvent<ShardOrder>): void };
const begin = worker.onmessage;
worker.onmessage = (event) => {
  begin(event);
  const { port } = event.data, step = port.onmessage!;
  let steps = 0;
  port.onmessage = (request) => {
    if (steps++ < STEPS) step.call(port, request);
    else crash(wayOf(import.meta.url));
  };
};
