/**
 * Work on untrusted input in a worker that can read the given files and do nothing else, and that is ended when it
 * is silent for too long.
 *
 * @module
 */

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
 * @throws {Error} with the worker's message, or naming the last place it reported when it was ended
 */
export function runGuarded<R>(module: URL, input: unknown, guard: Guard): Promise<R> {
  const worker = new Worker(module, {
    type: "module",
    deno: { permissions: { read: guard.read.flatMap((path) => [path, targetOf(path)]) } },
  });
  return new Promise<R>((resolve, reject) => {
    let place = "the start", silentTicks = -Infinity;
    const settle = (act: () => void) => {
      clearInterval(timer);
      worker.terminate();
      act();
    };
    // Ticks are counted because time also passes while the computer sleeps.
    const timer = setInterval(() => {
      if (++silentTicks < TICKS) return;
      const seconds = guard.patience / 1000;
      settle(() =>
        reject(
          new Error(
            `Cannot ${guard.name}: ${place}: no progress in ${seconds} s, the file may be damaged`,
          ),
        )
      );
    }, guard.patience / TICKS);
    worker.onmessage = ({ data }: MessageEvent<Report<R>>) => {
      if ("result" in data) return settle(() => resolve(data.result));
      if ("error" in data) return settle(() => reject(new Error(data.error)));
      place = data.place;
      silentTicks = 0;
    };
    worker.onerror = (event) => {
      event.preventDefault();
      settle(() => reject(new Error(`Cannot ${guard.name}: ${place}: ${event.message}`)));
    };
    worker.postMessage(input);
  });
}
