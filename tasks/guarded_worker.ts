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

/**
 * The result of a worker for an input.
 *
 * @throws {Error} with the worker's message, or naming the last place it reported when it was ended
 */
export function runGuarded<R>(module: URL, input: unknown, guard: Guard): Promise<R> {
  const worker = new Worker(module, {
    type: "module",
    deno: { permissions: { read: [...guard.read] } },
  });
  return new Promise<R>((resolve, reject) => {
    let place = "the start", timer: ReturnType<typeof setTimeout> | undefined;
    const settle = (act: () => void) => {
      clearTimeout(timer);
      worker.terminate();
      act();
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const seconds = guard.patience / 1000;
        settle(() =>
          reject(
            new Error(
              `Cannot ${guard.name}: ${place}: no progress in ${seconds} s, the file may be damaged`,
            ),
          )
        );
      }, guard.patience);
    };
    worker.onmessage = ({ data }: MessageEvent<Report<R>>) => {
      if ("result" in data) return settle(() => resolve(data.result));
      if ("error" in data) return settle(() => reject(new Error(data.error)));
      place = data.place;
      wait();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      settle(() => reject(new Error(`Cannot ${guard.name}: ${place}: ${event.message}`)));
    };
    worker.postMessage(input);
  });
}
