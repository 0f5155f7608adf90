/**
 * Work on untrusted input in a worker that can read the given files and do nothing else, and that is ended when it
 * is silent for too long.
 *
 * @module
 */

import { isExpected } from "./main.ts";

/** What such a worker sends: where it is, its result, or why it has none. */
export type Report<R> =
  | { readonly place: string }
  | { readonly result: R }
  | { readonly error: string };

/** How to run a worker. */
export interface Guard {
  /** The only files it may read. */
  readonly read: readonly string[];
  /** Milliseconds after a report within which the next must come; loading is not timed. */
  readonly patience: number;
  /** What the message of an end calls the work. */
  readonly name: string;
}

/** Milliseconds of patience with work on files: 15 s, and five minutes for each GiB of them. */
export const patienceWith = (paths: readonly string[]): number =>
  15_000 + paths.reduce((ms, path) => ms + sizeOf(path) * 300_000 / 2 ** 30, 0);

/** Bytes of a file; 0 where there is none, so that opening it tells. */
function sizeOf(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch {
    return 0;
  }
}

/** The file that a path leads to through links; the path itself where there is none, so that opening it tells. */
function targetOf(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch {
    return path;
  }
}

/** Looks at a worker's silence so many times before its patience ends. */
const TICKS = 20;

/**
 * The result of a worker for an input.
 *
 * @throws {Error} with the worker's message, or naming the last place it reported when that is a defect or it was
 *   ended
 */
export function runGuarded<R>(module: URL, input: unknown, guard: Guard): Promise<R> {
  const worker = new Worker(module, {
    type: "module",
    deno: { permissions: { read: guard.read.flatMap((path) => [path, targetOf(path)]) } },
  });
  return new Promise<R>((resolve, reject) => {
    let place = "the start", silentTicks = -Infinity;
    const failure = (reason: string) => new Error(`Cannot ${guard.name}: ${place}: ${reason}`);
    const settle = (act: () => void) => {
      clearInterval(timer);
      worker.terminate();
      act();
    };
    // Ticks are counted because time also passes while the computer sleeps.
    const timer = setInterval(() => {
      if (++silentTicks < TICKS) return;
      const seconds = Math.round(guard.patience / 1000);
      settle(() => reject(failure(`no progress in ${seconds} s, the file may be damaged`)));
    }, guard.patience / TICKS);
    worker.onmessage = ({ data }: MessageEvent<Report<R>>) => {
      if ("result" in data) return settle(() => resolve(data.result));
      if ("error" in data) {
        const error = new Error(data.error);
        return settle(() => reject(isExpected(error) ? error : failure(data.error)));
      }
      place = data.place;
      silentTicks = 0;
    };
    worker.onerror = (event) => {
      event.preventDefault();
      settle(() => reject(failure(event.message)));
    };
    worker.postMessage(input);
  });
}
