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

/** Milliseconds of a call: see {@link inTurn}. */
export const milliseconds = (f: () => unknown, budget = 200): number => inTurn([f], budget)[0];

/**
 * Milliseconds of each of `calls`, which take turns, so that they meet the same machine: the least of at least three
 * rounds that fill `budget`. As many rounds come before, in which code is compiled and the heap grows: a fresh page
 * of memory can cost more than the arithmetic on it. What takes longer than `budget` is warmed up by one round.
 *
 * The least leaves out what others on the machine take, and this process's garbage collections.
 */
export function inTurn(calls: readonly (() => unknown)[], budget = 200): number[] {
  const round = () => calls.map(timed);
  const fill = (least: number): number[][] => {
    const rounds = [round()];
    let spent = sum(rounds[0]);
    while (rounds.length < least || (spent < budget && rounds.length < 1000)) {
      rounds.push(round());
      spent += sum(rounds.at(-1)!);
    }
    return rounds;
  };
  fill(1);
  const rounds = fill(3);
  return calls.map((_, i) => Math.min(...rounds.map((times) => times[i])));
}

const sum = (xs: readonly number[]): number => xs.reduce((total, x) => total + x, 0);

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
