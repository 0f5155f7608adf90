/**
 * Rules about training that fails: that stagnates or diverges.
 *
 * @module
 */
import { fisherExact } from "../../stats/fisher.ts";
import type { Interval } from "../../stats/interval.ts";
import { pairedInterval } from "../../stats/paired.ts";
import { meanInterval } from "../../stats/t_interval.ts";
import { wilsonInterval } from "../../stats/wilson.ts";
import { type CellScore, pairBySeed } from "../cell_score.ts";
import { fourDigits, shownInterval } from "../numbers.ts";
import { withinRange } from "../summary.ts";
import type { RuleOf } from "./claim.ts";
import { type Found, inconclusive, type Judge } from "./judgement.ts";
import { environmentsOf, runsIn, sweptValues, valuesOf, withValue } from "./values.ts";

/** The value of ω that others are compared with. */
const USUAL = 1.2;

/** The lowest value is worse than ω = 1.2 and does not improve on the pre-trained policy. */
export const noGainAtLowest: Judge<"no-gain-at-lowest"> = (rule, found) => {
  const judged = environmentsOf(found).flatMap((env) => atLowest(rule, found, env));
  if (judged.length === 0) return inconclusive(`no environment has results with ${rule.value}`);
  const evidence = [...judged.map((j) => j.evidence), slowdown(rule.value)];
  if (judged.some((j) => j.gains)) return { verdict: "not supported", evidence };
  return { verdict: judged.every((j) => j.stagnates) ? "supported" : "inconclusive", evidence };
};

/** Nothing where the value is not part of the sweep. */
function atLowest(rule: RuleOf<"no-gain-at-lowest">, found: Found, env: string) {
  const here = runsIn(found, env), low = withValue(rule, here, rule.value);
  if (!sweptValues(rule, found, env).includes(rule.value)) return [];
  const pairs = pairBySeed(low, withValue(rule, here, USUAL));
  if (pairs.seeds.length < rule.minSeeds) {
    const evidence =
      `${env}: fewer than ${rule.minSeeds} seeds with ω = ${rule.value} and ${USUAL}`;
    return [{ stagnates: false, gains: false, evidence }];
  }
  const worse = pairedInterval(pairs.a, pairs.b), gain = gainInterval(low);
  const shown = (bounds: Interval) => shownInterval(withinRange(bounds, here[0].metric, -1));
  return [{
    stagnates: worse.high < 0 && gain.low <= 0 && gain.high >= 0,
    gains: gain.low > 0,
    evidence: `${env}: ω = ${rule.value} gains ${shown(gain)} over the pre-trained policy, ` +
      `against ω = ${USUAL} ${shown(worse)}`,
  }];
}

const gainInterval = (runs: readonly CellScore[]) =>
  meanInterval(runs.flatMap((s) => s.final === undefined ? [] : [s.final - s.pretrained]));

/** What the reading of ADAPG that was taken lets one expect. */
const slowdown = (omega: number): string =>
  `under reading A of ADAPG (reading notes, 1) the rate falls only to η/(2 − ω) = ${
    (1 / (2 - omega)).toFixed(2)
  } η; literal stagnation is to be expected under reading B alone`;

const ALPHA = 0.05;

/** Runs diverge more often with the given value than with the largest one that was to be run. */
export const divergence: Judge<"divergence"> = (rule, { scores, planned }) => {
  const values = valuesOf(rule, [...planned, ...scores]), [largest] = values.slice(-1);
  const small = withValue(rule, scores, rule.value), large = withValue(rule, scores, largest);
  if (small.length < rule.minSeeds || large.length < rule.minSeeds || values.length < 2) {
    return inconclusive(`fewer than ${rule.minSeeds} runs`);
  }
  const [a, b] = [diverged(small), diverged(large)];
  const evidence = [
    `${rateOf(small)} with ${rule.value}, ${rateOf(large)} with ${largest}`,
    ...outOfReach(small.length, large.length),
    "unnormalised rewards were not tested: the rule counts runs by ε alone",
  ];
  const p = fisherExact(a, small.length - a, b, large.length - b);
  const isOftener = a / small.length > b / large.length && p < ALPHA;
  if (isOftener) return { verdict: "supported", evidence };
  return { verdict: a + b === 0 ? "not supported" : "inconclusive", evidence };
};

const diverged = (runs: readonly CellScore[]): number =>
  runs.filter((r) => r.final === undefined).length;

function rateOf(runs: readonly CellScore[]): string {
  const n = diverged(runs), interval = shownInterval(wilsonInterval(n, runs.length));
  return `${n} of ${runs.length} runs diverged (95 % Wilson interval of the rate ${interval})`;
}

/** Says so where not even all against none would be significant. */
function outOfReach(small: number, large: number): string[] {
  const least = fisherExact(small, 0, 0, large);
  if (least < ALPHA) return [];
  return [
    `with so few runs Fisher's p cannot fall below ${
      fourDigits(least)
    }: “supported” is out of reach`,
  ];
}
