/**
 * The rule about a hyperparameter whose best value differs between environments.
 *
 * @module
 */
import { integers } from "../../rng/draw.ts";
import { type Key, split } from "../../rng/key.ts";
import { mean } from "../../stats/moments.ts";
import type { CellScore } from "../cell_score.ts";
import type { SweepRule } from "./claim.ts";
import { type Found, inconclusive, type Judge } from "./judgement.ts";
import { environmentsOf, finals, runsIn, sweptValues, valuesOf } from "./values.ts";

/** Mean scores by value in bootstrap resamples over seeds, `means[resample][value]`. */
interface Resampled {
  readonly env: string;
  readonly values: readonly number[];
  readonly means: readonly (readonly number[])[];
}

/** The bootstrap sets of best values of two environments do not overlap. */
export const bestDiffers: Judge<"best-differs"> = (rule, found) => {
  const envs = environmentsOf(found), ready = envs.filter((env) => isReady(rule, found, env));
  const lacking = envs.filter((env) => !ready.includes(env));
  const short = lacking.length === 0
    ? []
    : [`fewer than ${rule.minSeeds} seeds for some value: ${lacking.join(", ")}`];
  if (ready.length < 2) return inconclusive(...short);
  const drawn = split(found.own, ready.length)
    .map((k, i) => resampled(k, rule, runsIn(found, ready[i])));
  const sets = drawn.map((one) => bestSet(one, one.values));
  const evidence = [
    ...drawn.map(({ env }, i) => `${env}: best in {${sets[i].join(", ")}}`),
    ...short,
  ];
  const apart = drawn.flatMap((a, i) => drawn.slice(i + 1).flatMap((b) => differ(a, b)));
  if (apart.length > 0) return { verdict: "supported", evidence: [...evidence, ...apart] };
  const same = sets.every((s) => s.length === 1 && s[0] === sets[0][0]);
  return { verdict: same && lacking.length === 0 ? "not supported" : "inconclusive", evidence };
};

/** Whether every value that was to be run in an environment has enough seeds. */
const isReady = (rule: SweepRule, found: Found, env: string): boolean =>
  sweptValues(rule, found, env)
    .every((v) => finals(rule, runsIn(found, env), v).length >= rule.minSeeds);

const RESAMPLES = 2000, LEAST_SHARE = 0.025;

function resampled(key: Key, rule: SweepRule, scores: readonly CellScore[]): Resampled {
  const values = valuesOf(rule, scores), x = values.map((v) => finals(rule, scores, v));
  const means = split(key, RESAMPLES).map((k) =>
    split(k, values.length).map((kk, i) =>
      mean([...integers(kk, x[i].length, x[i].length)].map((j) => x[i][j]))
    )
  );
  return { env: scores[0].env, values, means };
}

/** Those of some values that are best among them in at least 2.5 % of resamples; a tie is shared. */
function bestSet({ values, means }: Resampled, among: readonly number[]): number[] {
  const wins = new Map(among.map((v) => [v, 0]));
  for (const row of means) {
    const of = (v: number) => row[values.indexOf(v)], best = Math.max(...among.map(of));
    const winners = among.filter((v) => of(v) === best);
    for (const v of winners) wins.set(v, wins.get(v)! + 1 / winners.length);
  }
  return among.filter((v) => wins.get(v)! >= LEAST_SHARE * means.length);
}

/** Two environments compared over the values that both ran: other grids would differ by themselves. */
function differ(a: Resampled, b: Resampled): string[] {
  const shared = a.values.filter((v) => b.values.includes(v));
  if (shared.length < 2) return [];
  const [left, right] = [a, b].map((one) => bestSet(one, shared));
  if (left.some((v) => right.includes(v))) return [];
  return [
    `of ${shared.join(", ")}: ${a.env} best in {${left.join(", ")}}, ${b.env} in {${
      right.join(", ")
    }}`,
  ];
}
