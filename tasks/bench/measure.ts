/**
 * Timing and the shape of a benchmark's results.
 *
 * @module
 */

/** One figure. */
export interface Figure {
  readonly group: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The same with TensorFlow.js's own kernels, or another yardstick that `against` names. */
  readonly yardstick?: number;
  readonly against?: string;
  /** How many times better than the yardstick. */
  readonly ratio?: number;
}

/** Milliseconds of a call: the median of calls that fill `budget` milliseconds, at least three, after two to warm up. */
export function milliseconds(f: () => unknown, budget = 200): number {
  const once = timed(f);
  if (once > budget * 3) return once;
  f();
  const times = [];
  for (let spent = 0; times.length < 3 || (spent < budget && times.length < 1000);) {
    times.push(timed(f));
    spent += times.at(-1)!;
  }
  return times.sort((a, b) => a - b)[times.length >> 1];
}

function timed(f: () => unknown): number {
  const start = performance.now();
  f();
  return performance.now() - start;
}

/** A figure where less is better. */
export const slower = (
  group: string,
  name: string,
  value: number,
  yardstick?: number,
  against = "stock tfjs",
): Figure => ({ group, name, value, unit: "ms", ...compared(yardstick, value, against) });

/** A figure where more is better. */
export const faster = (
  group: string,
  name: string,
  value: number,
  unit: string,
  yardstick?: number,
  against = "stock tfjs",
): Figure => ({
  group,
  name,
  value,
  unit,
  ...(yardstick !== undefined && { yardstick, against, ratio: value / yardstick }),
});

const compared = (yardstick: number | undefined, value: number, against: string) =>
  yardstick === undefined ? {} : { yardstick, against, ratio: yardstick / value };
