import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import golden from "../../fixtures/golden/stats.json" with { type: "json" };
import { address, key } from "../../src/rng/key.ts";
import {
  interquartileMean,
  optimalityGap,
  probabilityOfImprovement,
} from "../../src/stats/aggregate.ts";
import { mean } from "../../src/stats/moments.ts";
import type { ScoreMatrix } from "../../src/stats/score_matrix.ts";
import { stratifiedBootstrap } from "../../src/stats/stratified_bootstrap.ts";
import { meanInterval } from "../../src/stats/t_interval.ts";

Deno.test("the bootstrap interval is a function of its key and holds the plain mean of equal scores", () => {
  const statistic = interquartileMean;
  const first = stratifiedBootstrap(key(1), [golden.x], statistic, { resamples: 200 });
  assertEquals(first, stratifiedBootstrap(key(1), [golden.x], statistic, { resamples: 200 }));
  assertEquals(stratifiedBootstrap(key(2), [[[3, 3]], [[3, 3]]], (a) => a[0][0]), {
    low: 3,
    high: 3,
  });
});

Deno.test("the bootstrap interval of a mean approaches the normal one", () => {
  const x = Array.from({ length: 40 }, (_, i) => [Math.sin(i * 1.7)]);
  const flat = x.map((r) => r[0]);
  const t = meanInterval(flat);
  const b = stratifiedBootstrap(key(5), [x], (m) => m.flat().reduce((s, v) => s + v, 0) / m.length);
  assertAlmostEquals(b.low, t.low, 0.05);
  assertAlmostEquals(b.high, t.high, 0.05);
});

const STATISTICS: Readonly<Record<string, (...matrices: ScoreMatrix[]) => number>> = {
  interquartileMean,
  mean: (scores) => mean(scores.flat()),
  // Its second argument is no matrix.
  optimalityGap: (scores) => optimalityGap(scores),
  probabilityOfImprovement,
};

// rliable's definitions in NumPy of our own (fixtures/golden/stats.py), not rliable's output. A resampled end may lie
// four of its standard errors off; beyond that, rounding alone tells equal scores from equal ones.
const ROUNDING = 1e-9;
const assertWithin = (end: number, [least, , most]: readonly number[], label: string) =>
  assert(end >= least - ROUNDING && end <= most + ROUNDING, `${label}: ${end}`);

Deno.test("bootstrap intervals are those of rliable's definitions, of ties and unequal seeds too", () => {
  const { checked, intervals } = golden.bootstrap;
  for (const { statistic, of, low, high } of intervals) {
    const matrices = of.map((name) => golden[name as "x" | "y" | "tiedX" | "tiedY"]);
    const found = stratifiedBootstrap(
      address(key(0), statistic, ...of),
      matrices,
      STATISTICS[statistic],
      { resamples: checked },
    );
    assertWithin(found.low, low, `low end of ${statistic} of ${of}`);
    assertWithin(found.high, high, `high end of ${statistic} of ${of}`);
  }
});
