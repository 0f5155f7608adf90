/**
 * Deviations judged against absolute limits.
 *
 * @module
 */
import type { ParityResult } from "./result.ts";

/** How far a quantity is from its record, and how far it may be. */
export interface Deviation {
  readonly quantity: string;
  readonly error: number;
  readonly limit: number;
}

/** The largest absolute difference; infinite where lengths differ or anything is not a number. */
export function distance(found: ArrayLike<number>, recorded: ArrayLike<number>): number {
  if (found.length !== recorded.length) return Infinity;
  let worst = 0;
  for (let i = 0; i < found.length; i++) {
    const error = Math.abs(found[i] - recorded[i]);
    worst = Math.max(worst, Number.isNaN(error) ? Infinity : error);
  }
  return worst;
}

/** The smaller distance of the two signs of a quaternion. */
export function quaternionDistance(
  found: ArrayLike<number>,
  recorded: ArrayLike<number>,
): number {
  return Math.min(distance(found, recorded), distance(Array.from(found, (x) => -x), recorded));
}

/** Rows of a matrix, one after another. */
export const flat = (matrix: readonly (readonly number[])[]): number[] => matrix.flat();

/** How many quantities a verdict names. */
const SHOWN = 3;

/** Passes when every deviation is within its limit; the detail names the quantities that come closest to it. */
export function verdict(name: string, deviations: Iterable<Deviation>): ParityResult {
  const worst = new Map<string, Deviation>();
  for (const d of deviations) {
    const before = worst.get(d.quantity);
    if (before === undefined || share(d) > share(before)) worst.set(d.quantity, d);
  }
  const all = [...worst.values()].sort((a, b) => share(b) - share(a));
  const passed = all.length > 0 && share(all[0]) <= 1;
  const shown = all.slice(0, SHOWN).map(({ quantity, error, limit }) =>
    `${quantity} ${error.toExponential(1)} (allowed ${limit.toExponential(0)})`
  );
  return {
    status: passed ? "PASS" : "FAIL",
    name,
    detail: `${all.length} quantities, worst ${shown.join(", ")}`,
  };
}

/** A deviation in units of its limit; infinite where it is not a number. */
function share({ error, limit }: Deviation): number {
  const share = error === 0 ? 0 : error / limit;
  return Number.isNaN(share) ? Infinity : share;
}
