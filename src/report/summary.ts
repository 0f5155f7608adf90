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
import { pooledWilsonInterval } from "../stats/wilson.ts";

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

/** The mean of a value per seed, with its t interval where at least two differ; null without seeds. */
export const summary = (x: readonly number[]): Summary | null =>
  x.length === 0 ? null : { mean: mean(x), interval: finite(meanInterval(x)), seeds: x.length };

/** The geometric mean of values above 0, with the t interval of their logarithms; null without values. */
export function geometricSummary(x: readonly number[]): Summary | null {
  const logs = summary(x.map(Math.log));
  if (logs === null) return null;
  const { mean, interval, seeds } = logs;
  return {
    mean: Math.exp(mean),
    interval: interval && { low: Math.exp(interval.low), high: Math.exp(interval.high) },
    seeds,
  };
}

const finite = (interval: Interval): Interval | null =>
  Number.isFinite(interval.low) ? interval : null;

/**
 * The mean score of a policy per seed; null without seeds. Returns have the t interval over seeds. Success rates have
 * Wilson's, which stays in [0, 1]: over the episodes of all seeds or by Student's t over seeds, whichever is wider.
 *
 * @throws {RangeError} when a success rate is no share of its episodes
 */
export function scoreSummary(x: readonly number[], { metric, episodes }: Trials): Summary | null {
  const found = summary(x);
  if (found === null || metric === "return") return found;
  const successes = x.map((rate) => Math.round(rate * episodes));
  return { ...found, interval: pooledWilsonInterval(successes, episodes) };
}

/**
 * The mean score of what seeds start from. But for IDQL, whose critic is drawn with each seed and chooses among actions,
 * that is one policy, scored once per seed: a sample of one, of which returns have no interval.
 */
export function startSummary(
  x: readonly number[],
  of: Trials & { readonly method: string },
): Summary | null {
  const found = scoreSummary(of.method === "idql" ? x : x.slice(0, 1), of);
  return found && { ...found, seeds: x.length };
}

/** The mean difference a − b of values that are paired by seed; null without seeds. */
export const pairedSummary = (a: readonly number[], b: readonly number[]): Summary | null =>
  a.length === 0 ? null : {
    mean: mean(a) - mean(b),
    interval: finite(pairedInterval(a, b)),
    seeds: a.length,
  };

/**
 * The mean difference of scores that are paired by seed; null without seeds. Success rates differ by no more than 1, and
 * no interval says otherwise.
 */
export function scoreDifference(
  a: readonly number[],
  b: readonly number[],
  { metric }: Pick<Trials, "metric">,
): Summary | null {
  return shownWithin(pairedSummary(a, b), metric, -1);
}

/**
 * The mean score of a policy per seed with its t interval, of success rates as well, where it is cut to [0, 1]; null
 * without seeds.
 */
export const meanScore = (x: readonly number[], metric: Metric): Summary | null =>
  shownWithin(summary(x), metric, 0);

const shownWithin = (found: Summary | null, metric: Metric, least: 0 | -1): Summary | null =>
  found?.interval == null
    ? found
    : { ...found, interval: withinRange(found.interval, metric, least) };

/**
 * What readers see of an interval: success rates end at 1, and no interval says otherwise.
 *
 * @param least 0 for rates, −1 for their differences
 */
export const withinRange = ({ low, high }: Interval, metric: Metric, least: 0 | -1): Interval =>
  metric === "return" ? { low, high } : { low: Math.max(low, least), high: Math.min(high, 1) };
