/**
 * Rules about the values of one hyperparameter, ε or ω.
 *
 * @module
 */
import { integers } from "../../rng/draw.ts";
import { type Key, split } from "../../rng/key.ts";
import { mean, standardDeviation } from "../../stats/moments.ts";
import { holm } from "../../stats/multiple_comparisons.ts";
import { fisherExact } from "../../stats/fisher.ts";
import { meanInterval, pairedInterval, pairedTTest } from "../../stats/paired.ts";
import { stratifiedBootstrap } from "../../stats/stratified_bootstrap.ts";
import { type CellScore, distinct, pairBySeed } from "../cell_score.ts";
import { inconclusive, type Judge, type Rule, shown } from "./claim.ts";

const valueOf = (rule: Rule, cell: CellScore): number => Number(cell.variant[rule.parameter!]);
const withValue = (rule: Rule, scores: readonly CellScore[], value: number): CellScore[] =>
  scores.filter((s) => valueOf(rule, s) === value);
const finals = (scores: readonly CellScore[]): number[] =>
  scores.flatMap((s) => s.final === undefined ? [] : [s.final]);
const valuesOf = (rule: Rule, scores: readonly CellScore[]): number[] =>
  distinct(scores.map((s) => valueOf(rule, s))).sort((a, b) => a - b);
const summary = (rule: Rule, scores: readonly CellScore[]): string =>
  valuesOf(rule, scores).map((v) => {
    const x = finals(withValue(rule, scores, v));
    if (x.length === 0) return `${v}: diverged`;
    const spread = x.length < 2 ? "" : ` ± ${shown(standardDeviation(x))}`;
    return `${v}: ${shown(mean(x))}${spread} (n = ${x.length})`;
  }).join("; ");

/** Holm-adjusted p of "`a` differs from each of `others`", with the sign of the mean difference. */
function against(rule: Rule, scores: readonly CellScore[], a: number, others: readonly number[]) {
  const pairs = others.map((b) =>
    pairBySeed(withValue(rule, scores, a), withValue(rule, scores, b))
  );
  const enough = pairs.every((p) => p.seeds.length >= rule.minSeeds);
  if (!enough) return { enough, wins: [], losses: [] };
  const adjusted = holm(pairs.map((p) => pairedTTest(p.a, p.b)));
  const significant = (sign: number) =>
    others.filter((_, i) =>
      adjusted[i] < rule.alpha! && sign * (mean(pairs[i].a) - mean(pairs[i].b)) > 0
    );
  return { enough, wins: significant(1), losses: significant(-1) };
}

/** One value beats every other. */
export const bestOf: Judge = (rule, all) => {
  const scores = all.filter((s) => s.env === rule.environment);
  const [claimed] = rule.claimed!, others = valuesOf(rule, scores).filter((v) => v !== claimed);
  if (others.length === 0) return inconclusive("no results");
  const { enough, wins, losses } = against(rule, scores, claimed, others);
  const evidence = [summary(rule, scores)];
  if (!enough) return inconclusive(...evidence, `fewer than ${rule.minSeeds} seeds`);
  if (losses.length > 0) {
    return { verdict: "not supported", evidence: [...evidence, `beaten by ${losses}`] };
  }
  return { verdict: wins.length === others.length ? "supported" : "inconclusive", evidence };
};

/** One value has a smaller spread over seeds than every other. */
export const lowestSpread: Judge = (rule, all, key) => {
  const scores = all.filter((s) => s.env === rule.environment);
  const [claimed] = rule.claimed!, others = valuesOf(rule, scores).filter((v) => v !== claimed);
  const column = (v: number) => finals(withValue(rule, scores, v)).map((x) => [x]);
  if (others.length === 0 || [claimed, ...others].some((v) => column(v).length < rule.minSeeds)) {
    return inconclusive(summary(rule, scores) || "no results", `fewer than ${rule.minSeeds} seeds`);
  }
  const ratio = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]) =>
    standardDeviation(a.flat()) / Math.max(standardDeviation(b.flat()), Number.MIN_VALUE);
  const bounds = split(key, others.length).map((k, i) =>
    stratifiedBootstrap(k, [column(claimed), column(others[i])], ratio)
  );
  const evidence = [
    summary(rule, scores),
    ...others.map((v, i) =>
      `spread against ${v}: ratio in [${shown(bounds[i].low)}, ${shown(bounds[i].high)}]`
    ),
  ];
  if (bounds.some((b) => b.low > 1)) return { verdict: "not supported", evidence };
  return { verdict: bounds.every((b) => b.high < 1) ? "supported" : "inconclusive", evidence };
};

/** In every environment a value inside the range beats all outside it. */
export const bestOfRange: Judge = (rule, scores) => {
  const [low, high] = rule.range!, inside = (v: number) => v >= low && v <= high;
  const judged = distinct(scores.map((s) => s.env)).map((env) => {
    const here = scores.filter((s) => s.env === env), values = valuesOf(rule, here);
    const inner = values.filter(inside), outer = values.filter((v) => !inside(v));
    const beatsAll = (v: number, others: readonly number[]) => {
      const { enough, wins } = against(rule, here, v, others);
      return enough && others.length > 0 && wins.length === others.length;
    };
    return {
      evidence: `${env}: ${summary(rule, here)}`,
      yes: inner.some((v) => beatsAll(v, outer)),
      no: outer.some((v) => beatsAll(v, inner)),
    };
  });
  if (judged.length === 0) return inconclusive("no results");
  const evidence = judged.map((j) => j.evidence);
  if (judged.some((j) => j.no)) return { verdict: "not supported", evidence };
  return { verdict: judged.every((j) => j.yes) ? "supported" : "inconclusive", evidence };
};

/** The bootstrap sets of best values of two environments do not overlap. */
export const bestDiffers: Judge = (rule, scores, key) => {
  const envs = distinct(scores.map((s) => s.env));
  if (envs.length < 2) return inconclusive("fewer than two environments have results");
  const here = envs.map((env) => scores.filter((s) => s.env === env));
  if (
    here.some((h) =>
      valuesOf(rule, h).some((v) => finals(withValue(rule, h, v)).length < rule.minSeeds)
    )
  ) {
    return inconclusive(`fewer than ${rule.minSeeds} seeds for some value`);
  }
  const sets = split(key, envs.length).map((k, i) => bestSet(k, rule, here[i]));
  const evidence = envs.map((env, i) => `${env}: best in {${sets[i].join(", ")}}`);
  const disjoint = sets.some((a, i) =>
    sets.some((b, j) => j > i && a.every((v) => !b.includes(v)))
  );
  if (disjoint) return { verdict: "supported", evidence };
  const same = sets.every((s) => s.length === 1 && s[0] === sets[0][0]);
  return { verdict: same ? "not supported" : "inconclusive", evidence };
};

/** The values that are best in at least 2.5 % of bootstrap resamples over seeds. */
function bestSet(key: Key, rule: Rule, scores: readonly CellScore[]): number[] {
  const values = valuesOf(rule, scores), resamples = 2000;
  const x = values.map((v) => finals(withValue(rule, scores, v)));
  const wins = values.map(() => 0);
  for (const k of split(key, resamples)) {
    const means = split(k, values.length).map((kk, i) =>
      mean([...integers(kk, x[i].length, x[i].length)].map((j) => x[i][j]))
    );
    wins[means.indexOf(Math.max(...means))]++;
  }
  return values.filter((_, i) => wins[i] >= 0.025 * resamples);
}

/** The lowest value is worse than ω = 1.2 and does not improve on the pre-trained policy. */
export const noGainAtLowest: Judge = (rule, scores) => {
  const judged = distinct(scores.map((s) => s.env)).flatMap((env) => {
    const here = scores.filter((s) => s.env === env), low = withValue(rule, here, rule.value!);
    const pairs = pairBySeed(low, withValue(rule, here, 1.2));
    if (pairs.seeds.length < rule.minSeeds) return [];
    const worse = pairedInterval(pairs.a, pairs.b);
    const gain = meanInterval(
      low.flatMap((s) => s.final === undefined ? [] : [s.final - s.pretrained]),
    );
    return [{
      stagnates: worse.high < 0 && gain.low <= 0,
      gains: gain.low > 0,
      evidence: `${env}: ω = ${rule.value} gains [${shown(gain.low)}, ${
        shown(gain.high)
      }] over the pre-trained policy, against ω = 1.2 [${shown(worse.low)}, ${shown(worse.high)}]`,
    }];
  });
  if (judged.length === 0) return inconclusive(`no environment has ${rule.minSeeds} seeds`);
  const evidence = judged.map((j) => j.evidence);
  if (judged.some((j) => j.gains)) return { verdict: "not supported", evidence };
  return { verdict: judged.every((j) => j.stagnates) ? "supported" : "inconclusive", evidence };
};

/** Runs diverge more often with the given value than with the largest one. */
export const divergence: Judge = (rule, scores) => {
  const values = valuesOf(rule, scores);
  const small = withValue(rule, scores, rule.value!);
  const large = withValue(rule, scores, values[values.length - 1]);
  if (small.length < rule.minSeeds || large.length < rule.minSeeds || values.length < 2) {
    return inconclusive(`fewer than ${rule.minSeeds} runs`);
  }
  const diverged = (runs: readonly CellScore[]) => runs.filter((r) => r.final === undefined).length;
  const [a, b] = [diverged(small), diverged(large)];
  const p = fisherExact(a, small.length - a, b, large.length - b);
  const evidence = [
    `${a} of ${small.length} runs diverged with ${rule.value}, ${b} of ${large.length} with ${
      values.at(-1)
    }`,
  ];
  if (a / small.length > b / large.length && p < 0.05) return { verdict: "supported", evidence };
  return { verdict: a + b === 0 ? "not supported" : "inconclusive", evidence };
};
