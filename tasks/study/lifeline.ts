/**
 * Tells of the end of a worker, of which Deno itself tells only where an error was the reason.
 *
 * @module
 */
import { MessageChannel } from "node:worker_threads";

/** One worker's line. */
export interface Lifeline {
  /** The end to send to the worker, which does nothing with it: the worker's end closes it. */
  readonly far: MessagePort;
  /** Stops to watch. */
  cut(): void;
}

/** Milliseconds for the error that ended a worker to arrive, which travels another way. */
const GRACE = 100;

/** Calls `ended` when the worker that holds the far end has ended, however that came about. */
export function lifeline(ended: () => void): Lifeline {
  const { port1: near, port2: far } = new MessageChannel();
  let timer: ReturnType<typeof setTimeout> | undefined, isCut = false;
  near.on("close", () => {
    if (!isCut) timer = setTimeout(ended, GRACE);
  });
  near.on("message", () => {}); // Without a listener nobody would notice the end.
  return {
    far: far as unknown as MessagePort,
    cut() {
      isCut = true;
      clearTimeout(timer);
      near.close();
    },
  };
}
