/**
 * Shows how far long work is: one moving line on a terminal, a line now and then elsewhere.
 *
 * @module
 */
import { format } from "@std/fmt/duration";

/** Counts finished work. */
export interface Progress {
  /** A part of it has ended; `label` says which, or how it went. */
  advance(label: string): void;
  /** Leaves the line. */
  close(): void;
}

/** Seconds between lines that no terminal overwrites. */
const PAUSE = 15;

/**
 * Tells of each part how much time has passed and is left.
 *
 * @param total parts
 * @param now   the time in seconds
 */
export function progressOf(
  total: number,
  write: (text: string) => void,
  { terminal, now }: { readonly terminal: boolean; now(): number },
): Progress {
  const start = now();
  let done = 0, last = start;
  return {
    advance(label) {
      done++;
      if (!terminal && done < total && now() - last < PAUSE) return;
      last = now();
      const left = (last - start) / done * (total - done);
      const text = `${bar(done / total)} ${done}/${total}  ${duration(last - start)} elapsed, ` +
        `${duration(left)} left  ${label}`;
      write(terminal ? `\r\x1b[2K${text}` : `${text}\n`);
    },
    close() {
      if (terminal && done > 0) write("\n");
    },
  };
}

const WIDTH = 20;

const bar = (share: number): string => {
  const full = Math.round(share * WIDTH);
  return `[${"#".repeat(full)}${"-".repeat(WIDTH - full)}]`;
};

const duration = (seconds: number): string =>
  format(Math.round(seconds) * 1000, { ignoreZero: true }) || "0s";

/** Progress on standard error, by this process's clock. */
export const progressOnStderr = (total: number): Progress =>
  progressOf(total, (text) => Deno.stderr.writeSync(new TextEncoder().encode(text)), {
    terminal: Deno.stderr.isTerminal(),
    now: () => performance.now() / 1000,
  });
