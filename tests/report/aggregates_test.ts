import { assertAlmostEquals, assertEquals } from "@std/assert";
import golden from "../../fixtures/golden/report.json" with { type: "json" };
import { aggregates, profiles } from "../../src/report/aggregates.ts";
import { cellName, type CellScore } from "../../src/report/cell_score.ts";
import { cellTests } from "../../src/report/cell_tests.ts";
import { learningCurve } from "../../src/report/learning_curve.ts";
import { normalizedScore, REFERENCES } from "../../src/report/normalized_score.ts";
import { armMatrices } from "../../src/report/score_matrices.ts";
import { key } from "../../src/rng/key.ts";
import { mean } from "../../src/stats/moments.ts";
import { cellScore } from "./cell_scores.ts";

const close = (actual: number, expected: number) => assertAlmostEquals(actual, expected, 1e-7);

function run(
  cell: string,
  optimizer: string,
  seed: number,
  final?: number,
  pretrained = 0,
): CellScore {
  const curve = final === undefined ? [] : [0, final];
  return cellScore(cell, optimizer, seed, { pretrained, final, curve });
}

/** The golden scores: by cell, arm and seed. The golden seeds needed are for shares of AdamW's mean, so it starts there. */
const scores = Object.entries(golden.scores).flatMap(([cell, arms]) =>
  Object.entries(arms).flatMap(([arm, finals]) =>
    finals.map((x, seed) => run(cell, arm, seed, x, mean(arms.adamw)))
  )
);

Deno.test("normalizedScore() is 0 for a random and 1 for an expert policy, and leaves success rates", () => {
  for (const [env, { random, expert }] of Object.entries(REFERENCES)) {
    assertEquals([random, expert].map((score) => normalizedScore({ env }, score)), [0, 1]);
  }
  assertEquals(normalizedScore({ env: "can" }, 0.3), 0.3);
});

Deno.test("aggregates() equal rliable's definitions computed with SciPy", () => {
  for (const aggregate of aggregates(key(0), scores)) {
    const expected = golden.aggregates[aggregate.group as keyof typeof golden.aggregates];
    close(aggregate.adamw.value, expected.adamw);
    close(aggregate.adapg.value, expected.adapg);
    close(aggregate.improvement.value, expected.improvement);
  }
  assertEquals(
    aggregates(key(0), scores).map(({ group }) => group),
    Object.keys(golden.aggregates),
  );
});

Deno.test("bootstrap intervals of aggregates agree with NumPy's to the error of resampling", () => {
  const all = aggregates(key(0), scores).at(-1)!;
  const { low, high } = all.improvement.interval;
  assertAlmostEquals(low, golden.improvementInterval[0], 0.03);
  assertAlmostEquals(high, golden.improvementInterval[1], 0.03);
  assertAlmostEquals(all.adapg.interval.low, golden.adapgInterval[0], 0.01);
  assertAlmostEquals(all.adapg.interval.high, golden.adapgInterval[1], 0.01);
});

Deno.test("cellTests() equal SciPy's tests and adjustments", () => {
  cellTests(scores).forEach((test, i) => {
    const expected = golden.tests[i];
    assertEquals(cellName(test), expected.cell);
    close(test.p, expected.p);
    close(test.holm, expected.holm);
    close(test.benjaminiHochberg, expected.benjaminiHochberg);
    close(test.spread, expected.spread);
    assertEquals(test.seedsNeeded, expected.seedsNeeded);
  });
});

Deno.test("cellTests() needs no division where the start is 0 or differences do not vary", () => {
  const needed = (start: number, adamw: number[], adapg: number[]) =>
    cellTests([
      ...adamw.map((x, seed) => run("can/dppo", "adamw", seed, x, start)),
      ...adapg.map((x, seed) => run("can/dppo", "adapg", seed, x, start)),
    ])[0].seedsNeeded;
  assertEquals(needed(0, [1, 1, 1], [0.1, 0, 0.2]), null);
  assertEquals(needed(0.4, [0.5, 0.25, 1], [0.75, 0.5, 1.25]), 2);
});

Deno.test("cellTests() sizes an experiment by the start, also where AdamW ends near 0", () => {
  const collapsed = [
    ...[-1, 0, 1].map((x, seed) => run("hopper/qsm", "adamw", seed, x, 1000)),
    ...[9, 0, 31].map((x, seed) => run("hopper/qsm", "adapg", seed, x, 1000)),
  ];
  assertEquals(cellTests(collapsed)[0].seedsNeeded, 3);
});

Deno.test("armMatrices() leaves cells with too few seeds out and cuts the others to the same number", () => {
  const few = [run("can/dql", "adamw", 0, 1), run("can/dql", "adapg", 0, 1)];
  const more = [...scores, run("hopper/dppo", "adamw", 9, 1), run("hopper/dppo", "adapg", 9, 1)];
  const matrices = armMatrices([...more, ...few])!;
  assertEquals(matrices.cells, Object.keys(golden.scores));
  assertEquals(matrices.adamw.length, armMatrices(scores)!.adamw.length);
  assertEquals(armMatrices(few), undefined);
});

Deno.test("profiles() fall from the share above the least score to 0", () => {
  const points = profiles(key(0), scores).filter(({ arm }) => arm === "adamw");
  points.slice(1).forEach(({ share }, i) => assertEquals(share <= points[i].share, true));
  assertEquals(points.at(-1)!.share, 0);
  assertEquals(points.every(({ low, share, high }) => low <= share && share <= high), true);
  assertEquals(profiles(key(0), []), []);
});

Deno.test("learningCurve() averages the seeds that got there", () => {
  const runs = [run("can/dql", "adamw", 0, 4), { ...run("can/dql", "adamw", 1), curve: [2] }];
  const [first, second] = learningCurve(runs, 10);
  assertEquals([first.iteration, first.mean, first.seeds], [0, 1, 2]);
  assertEquals([second.iteration, second.mean, second.seeds, second.interval], [10, 4, 1, null]);
});
