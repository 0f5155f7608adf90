/**
 * Means over seeds with their intervals.
 *
 * @module
 */
import { mean } from "../stats/moments.ts";
import { meanInterval, pairedInterval } from "../stats/paired.ts";
import type { Interval } from "../stats/stratified_bootstrap.ts";

/** A mean over seeds; `interval` is the 95 % t interval, null below two seeds. */
export interface Summary {
  readonly mean: number;
  readonly interval: Interval | null;
  readonly seeds: number;
}

/** The mean of a value per seed; null without seeds. */
export const summary = (x: readonly number[]): Summary | null =>
  x.length === 0
    ? null
    : { mean: mean(x), interval: x.length < 2 ? null : meanInterval(x), seeds: x.length };

/**
 * The mean score of what seeds start from. Where all are equal they are one policy, scored once per seed, and a sample of
 * one has no interval.
 */
export function startSummary(x: readonly number[]): Summary | null {
  const found = summary(x);
  return found !== null && x.every((value) => value === x[0])
    ? { ...found, interval: null }
    : found;
}

/** The mean difference a − b of values that are paired by seed; null without seeds. */
export const pairedSummary = (a: readonly number[], b: readonly number[]): Summary | null =>
  a.length === 0 ? null : {
    mean: mean(a) - mean(b),
    interval: a.length < 2 ? null : pairedInterval(a, b),
    seeds: a.length,
  };
