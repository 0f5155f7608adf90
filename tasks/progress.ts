/**
 * Shows how far long work is: one moving line on a terminal, a line now and then elsewhere.
 *
 * @module
 */
import { format } from "@std/fmt/duration";

/** Counts finished work. */
export interface Progress {
  /**
   * A part of it has ended; `label` says which, or how it went.
   *
   * @param left the work that is left as a multiple of the work done; by the count of parts where this is absent
   */
  advance(label: string, left?: number): void;
  /** Says something in a line of its own. */
  note(text: string): void;
  /** Leaves the line. */
  close(): void;
}

/** Seconds between lines that no terminal overwrites. */
const PAUSE = 15;

/** Where progress is shown. */
export interface Screen {
  write(text: string): void;
  /** The width of the terminal, in characters; undefined where there is none. */
  columns(): number | undefined;
  /** The time in seconds. */
  now(): number;
}

/**
 * Tells of each part how much time has passed and is left.
 *
 * @param total parts
 */
export function progressOf(total: number, { write, columns, now }: Screen): Progress {
  const start = now();
  let done = 0, last = start, isMoving = false;
  return {
    advance(label, left) {
      done++;
      const width = columns();
      if (width === undefined && done < total && now() - last < PAUSE) return;
      last = now();
      const elapsed = last - start, ahead = elapsed * (left ?? (total - done) / done);
      const text = `${bar(done / total)} ${done}/${total}  ${duration(elapsed)} elapsed, ` +
        `${duration(ahead)} left  ${label}`;
      isMoving = width !== undefined;
      // A line that reaches the last column may go on in the next row, which is never cleared.
      write(isMoving ? `${CLEAR}${text.slice(0, width! - 1)}` : `${text}\n`);
    },
    note(text) {
      write(`${isMoving ? CLEAR : ""}${text}\n`);
      isMoving = false;
    },
    close() {
      if (isMoving) write("\n");
    },
  };
}

/** Begins the row of a terminal anew. */
const CLEAR = "\r\x1b[2K";

const WIDTH = 20;

const bar = (share: number): string => {
  const full = Math.round(share * WIDTH);
  return `[${"#".repeat(full)}${"-".repeat(WIDTH - full)}]`;
};

const duration = (seconds: number): string =>
  format(Math.round(seconds) * 1000, { ignoreZero: true }) || "0s";

/** Progress on standard error, by this process's clock. */
export const progressOnStderr = (total: number): Progress =>
  progressOf(total, {
    write: show,
    // A terminal that does not know its width says 0.
    columns: () => Deno.stderr.isTerminal() ? Deno.consoleSize().columns || 80 : undefined,
    now: () => performance.now() / 1000,
  });

/** Shows a text. A closed pipe or a full disk is no reason to end the work. */
function show(text: string): void {
  try {
    Deno.stderr.writeSync(new TextEncoder().encode(text));
  } catch {
    // Nobody sees it.
  }
}
