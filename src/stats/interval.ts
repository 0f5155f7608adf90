/**
 * What every interval estimate returns.
 *
 * @module
 */

/** A two-sided interval. */
export interface Interval {
  /** Its lower end. */
  readonly low: number;
  /** Its upper end. */
  readonly high: number;
}
