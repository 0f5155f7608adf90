/**
 * Shows how far a table is: one moving line on a terminal, a line now and then elsewhere.
 *
 * @module
 */
import { format } from "@std/fmt/duration";

/** Counts finished work. */
export interface Progress {
  /** A part of a cell has ended. */
  advance(label: string): void;
  /** Leaves the line. */
  close(): void;
}

/** Seconds between lines that no terminal overwrites. */
const PAUSE = 15;

/**
 * @param total parts of all cells
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
