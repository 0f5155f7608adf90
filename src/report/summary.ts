/**
 * Means over seeds with their intervals.
 *
 * @module
 */
import type { Metric } from "../experiments/score.ts";
import { mean } from "../stats/moments.ts";
import { pairedInterval } from "../stats/paired.ts";
import { meanInterval } from "../stats/t_interval.ts";
import type { Interval } from "../stats/interval.ts";
import { wilsonInterval } from "../stats/wilson.ts";

/** A mean over seeds; `interval` is of 95 %, null where there is none. */
export interface Summary {
  readonly mean: number;
  readonly interval: Interval | null;
  readonly seeds: number;
}

/** What scores are of: how many episodes each, and of which their returns or their successes are averaged. */
export interface Trials {
  readonly metric: Metric;
  readonly episodes: number;
}

/** The mean of a value per seed, with its t interval from two seeds on; null without seeds. */
export const summary = (x: readonly number[]): Summary | null =>
  x.length === 0
    ? null
    : { mean: mean(x), interval: x.length < 2 ? null : meanInterval(x), seeds: x.length };

/**
 * The mean score of a policy per seed; null without seeds. Returns have the t interval over seeds. Success rates have
 * Wilson's over the episodes of all seeds: it stays in [0, 1], and leaves out how much policies differ from seed to seed.
 *
 * @throws {RangeError} when a success rate is no share of its episodes
 */
export function scoreSummary(x: readonly number[], { metric, episodes }: Trials): Summary | null {
  const found = summary(x);
  if (found === null || metric === "return") return found;
  const successes = x.reduce((sum, rate) => sum + Math.round(rate * episodes), 0);
  return { ...found, interval: wilsonInterval(successes, x.length * episodes) };
}

/**
 * The mean score of what seeds start from. Where all are equal they are one policy, scored once per seed: a sample of one,
 * of which returns have no interval.
 */
export function startSummary(x: readonly number[], trials: Trials): Summary | null {
  const isOne = x.every((value) => value === x[0]);
  const found = scoreSummary(isOne ? x.slice(0, 1) : x, trials);
  return found && { ...found, seeds: x.length };
}

/** The mean difference a − b of values that are paired by seed; null without seeds. */
export const pairedSummary = (a: readonly number[], b: readonly number[]): Summary | null =>
  a.length === 0 ? null : {
    mean: mean(a) - mean(b),
    interval: a.length < 2 ? null : pairedInterval(a, b),
    seeds: a.length,
  };
