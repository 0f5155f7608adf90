/**
 * How much memory a file may claim.
 *
 * @module
 */

/** Bounds on what a reader allocates for one array and for one file. */
export interface Limits {
  /** Most bytes of one array, and of all arrays read at once. */
  readonly maxBytes: number;
  /** Most bytes of an array per byte stored, where it is larger than {@link ALWAYS_ALLOWED}. */
  readonly maxRatio: number;
}

/** Bounds that hold real data sets and stop bombs. */
export const DEFAULT_LIMITS: Limits = { maxBytes: 4 * 2 ** 30, maxRatio: 50 };

/** Arrays up to this many bytes may compress as well as they like, as constant columns do. */
const ALWAYS_ALLOWED = 16 * 2 ** 20;

/** Why an array may not be read, or undefined when it may. */
export function excessOf(declared: number, stored: number, limits: Limits): string | undefined {
  if (declared > limits.maxBytes) {
    return `declares ${declared} bytes, the limit is ${limits.maxBytes}`;
  }
  if (declared > ALWAYS_ALLOWED && declared > limits.maxRatio * stored) {
    return `declares ${declared} bytes in ${stored} stored, the limit is ${limits.maxRatio} to 1`;
  }
  return undefined;
}
