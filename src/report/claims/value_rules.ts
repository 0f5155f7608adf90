/**
 * Rules about which value of a hyperparameter is best.
 *
 * @module
 */
import { split } from "../../rng/key.ts";
import type { ScoreMatrix } from "../../stats/score_matrix.ts";
import { spread } from "../../stats/spread.ts";
import { stratifiedBootstrap } from "../../stats/stratified_bootstrap.ts";
import { shownInterval } from "../numbers.ts";
import type { RuleOf, SweepRule } from "./claim.ts";
import { type Found, inconclusive, type Judge } from "./judgement.ts";
import { against, environmentsOf, finals, runsIn, summaryOf, sweptValues } from "./values.ts";

/** The runs of an environment, and all values that were to be run there, run or not. */
function swept(rule: SweepRule, found: Found, env: string) {
  const here = runsIn(found, env), values = sweptValues(rule, found, env);
  return { here, values, evidence: summaryOf(rule, here, values) };
}

/** One value beats every other. */
export const bestOf: Judge<"best-of"> = (rule, found) => {
  const { here, values, evidence } = swept(rule, found, rule.environment);
  const [claimed] = rule.claimed;
  const others = values.filter((v) => v !== claimed);
  const { enough, wins, losses } = against(rule, here, claimed, others);
  if (!enough) return inconclusive(evidence, `fewer than ${rule.minSeeds} seeds`);
  if (losses.length > 0) {
    return { verdict: "not supported", evidence: [evidence, `beaten by ${losses}`] };
  }
  const isBest = wins.length === others.length;
  return { verdict: isBest ? "supported" : "inconclusive", evidence: [evidence] };
};

/** How much wider one column of scores is than another; two without spread are equally wide. */
function spreadRatio(a: ScoreMatrix, b: ScoreMatrix): number {
  const [wide, narrow] = [a, b].map((column) => spread(column.flat()));
  return wide === narrow ? 1 : wide / narrow;
}

/** One value has a smaller spread over seeds than every other. */
export const lowestSpread: Judge<"lowest-spread"> = (rule, found) => {
  const { here, values, evidence } = swept(rule, found, rule.environment);
  const [claimed] = rule.claimed;
  const others = values.filter((v) => v !== claimed);
  const scores = (v: number) => finals(rule, here, v),
    column = (v: number) => scores(v).map((x) => [x]);
  if (values.some((v) => scores(v).length < rule.minSeeds)) {
    return inconclusive(evidence, `fewer than ${rule.minSeeds} seeds`);
  }
  const still = others.filter((v) => spread(scores(v)) === 0);
  if (still.length > 0) return inconclusive(evidence, `no spread with ${still} to compare with`);
  const bounds = split(found.own, others.length).map((k, i) =>
    stratifiedBootstrap(k, [column(claimed), column(others[i])], spreadRatio)
  );
  const ratios = others.map((v, i) => `spread against ${v}: ratio in ${shownInterval(bounds[i])}`);
  const verdict = bounds.some((b) => b.low > 1)
    ? "not supported"
    : bounds.every((b) => b.high < 1)
    ? "supported"
    : "inconclusive";
  return { verdict, evidence: [evidence, ...ratios] };
};

/** In every environment a value inside the range beats all outside it. */
export const bestOfRange: Judge<"best-of-range"> = (rule, found) => {
  const judged = environmentsOf(found).map((env) => inRange(rule, found, env));
  const evidence = judged.map((j) => j.evidence);
  if (judged.some((j) => j.no)) return { verdict: "not supported", evidence };
  // Where no value outside the range was to be run, nothing can contradict; one environment at least must test it.
  const isSupported = judged.every((j) => j.yes) && judged.some((j) => j.tests);
  return { verdict: isSupported ? "supported" : "inconclusive", evidence };
};

function inRange(rule: RuleOf<"best-of-range">, found: Found, env: string) {
  const { here, values, evidence } = swept(rule, found, env), [low, high] = rule.range;
  const isInside = (v: number) => v >= low && v <= high;
  const inner = values.filter(isInside), outer = values.filter((v) => !isInside(v));
  const beatsAll = (v: number, others: readonly number[]) =>
    finals(rule, here, v).length >= rule.minSeeds &&
    against(rule, here, v, others).wins.length === others.length;
  const tests = outer.length > 0;
  return {
    evidence: `${env}: ${evidence}${tests ? "" : "; no value outside the range is swept here"}`,
    tests,
    yes: inner.some((v) => beatsAll(v, outer)),
    no: inner.length > 0 && outer.some((v) => beatsAll(v, inner)),
  };
}
