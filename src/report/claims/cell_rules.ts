/**
 * Rules about the two arms of cells.
 *
 * @module
 */
import { probabilityOfImprovement } from "../../stats/aggregate.ts";
import { mean } from "../../stats/moments.ts";
import { holm } from "../../stats/multiple_comparisons.ts";
import { meanInterval, pairedInterval, pairedTTest } from "../../stats/paired.ts";
import { type Interval, stratifiedBootstrap } from "../../stats/stratified_bootstrap.ts";
import { arms, cellName, type CellScore, distinct, pairBySeed, type Pairs } from "../cell_score.ts";
import { inconclusive, type Judge, type Judgement, shown } from "./claim.ts";

const interval = ({ low, high }: Interval): string => `[${shown(low)}, ${shown(high)}]`;
const gain = ({ a, b }: Pairs): number => mean(a) - mean(b);

/** No cell significantly worse, and the probability of improvement above one half. */
export const allCells: Judge = (rule, scores, key) => {
  const cells = distinct(scores.map(cellName));
  const pairs = cells.map((cell) => arms(scores, cell));
  const short = cells.filter((_, i) => pairs[i].seeds.length < rule.minSeeds);
  if (cells.length === 0) return inconclusive("no results");
  const full = pairs.filter((p) => p.seeds.length >= rule.minSeeds);
  if (full.length === 0) return inconclusive(`no cell has ${rule.minSeeds} seeds in both arms`);
  const adjusted = holm(full.map((p) => pairedTTest(p.a, p.b)));
  const worse = full.filter((p, i) => adjusted[i] < rule.alpha! && gain(p) < 0).length;
  const better = full.filter((p, i) => adjusted[i] < rule.alpha! && gain(p) > 0).length;
  const n = Math.min(...full.map((p) => p.seeds.length));
  const matrix = (side: "a" | "b") =>
    Array.from({ length: n }, (_, run) => full.map((p) => p[side][run]));
  const improvement = probabilityOfImprovement(matrix("a"), matrix("b"));
  const bounds = stratifiedBootstrap(key, [matrix("a"), matrix("b")], probabilityOfImprovement);
  const evidence = [
    `${full.length} cells with at least ${rule.minSeeds} seeds: ${better} significantly better, ${worse} significantly worse (Holm, ${rule.alpha})`,
    `probability of improvement ${shown(improvement)} ${interval(bounds)}`,
  ];
  if (short.length > 0) evidence.push(`too few seeds in ${short.length} of ${cells.length} cells`);
  if (worse > 0 || bounds.high < 0.5) return { verdict: "not supported", evidence };
  return {
    verdict: bounds.low > 0.5 && short.length === 0 ? "supported" : "inconclusive",
    evidence,
  };
};

/** The arms differ by less than a margin, a share of the AdamW arm's mean. */
export const equivalence: Judge = (rule, scores) =>
  overCells(rule.cells!, rule.minSeeds, (cell) => arms(scores, cell), (pairs) => {
    const { low, high } = pairedInterval(pairs.a, pairs.b);
    const margin = rule.margin! * Math.abs(mean(pairs.b));
    return { sign: low > -margin && high < margin ? 1 : low > 0 || high < 0 ? -1 : 0, low, high };
  });

/** The mean of the learning curve is higher. */
export const areaUnderCurve: Judge = (rule, scores) =>
  overCells(rule.cells!, rule.minSeeds, (cell) => curveArms(scores, cell), (pairs) => {
    const { low, high } = pairedInterval(pairs.a, pairs.b);
    return { sign: low > 0 ? 1 : high < 0 ? -1 : 0, low, high };
  });

/** The gain has the same sign with every denoiser. */
export const sameSign: Judge = (rule, scores) => {
  const denoisers = distinct(scores.map((s) => s.variant.denoiser ?? "mlp"));
  if (denoisers.length < 2) return inconclusive("fewer than two denoisers have results");
  const judged = denoisers.map((d) =>
    arms(scores.filter((s) => (s.variant.denoiser ?? "mlp") === d), rule.cells![0])
  );
  if (judged.some((p) => p.seeds.length < rule.minSeeds)) {
    return inconclusive(`fewer than ${rule.minSeeds} seeds with some denoiser`);
  }
  const bounds = judged.map((p) => pairedInterval(p.a, p.b));
  const evidence = denoisers.map((d, i) => `${d}: difference ${interval(bounds[i])}`);
  const up = bounds.filter((b) => b.low > 0).length, down = bounds.filter((b) => b.high < 0).length;
  if (up === bounds.length) return { verdict: "supported", evidence };
  return { verdict: up > 0 && down > 0 ? "not supported" : "inconclusive", evidence };
};

function curveArms(scores: readonly CellScore[], cell: string): Pairs {
  const side = (optimizer: string) =>
    scores.filter((s) => cellName(s) === cell && s.optimizer === optimizer);
  return pairBySeed(
    side("adapg"),
    side("adamw"),
    (s) => s.final === undefined ? undefined : mean(s.curve),
  );
}

/** Supported when every cell's sign is 1, not supported when one is −1. */
function overCells(
  cells: readonly string[],
  minSeeds: number,
  pairsOf: (cell: string) => Pairs,
  judge: (pairs: Pairs) => { readonly sign: number } & Interval,
): Judgement {
  const pairs = cells.map(pairsOf);
  const missing = cells.filter((_, i) => pairs[i].seeds.length < minSeeds);
  if (missing.length > 0) {
    return inconclusive(`fewer than ${minSeeds} seeds in both arms of ${missing.join(", ")}`);
  }
  const judged = pairs.map(judge);
  const evidence = cells.map((cell, i) =>
    `${cell}: difference ${shown(gain(pairs[i]))} ${interval(judged[i])}, AdamW ${
      shown(mean(pairs[i].b))
    } ${interval(meanInterval(pairs[i].b))}, n = ${pairs[i].seeds.length}`
  );
  if (judged.some((j) => j.sign < 0)) return { verdict: "not supported", evidence };
  return { verdict: judged.every((j) => j.sign > 0) ? "supported" : "inconclusive", evidence };
}
