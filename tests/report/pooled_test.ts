import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { CellScore } from "../../src/report/cell_score.ts";
import { pooled } from "../../src/report/pooled.ts";
import { stability } from "../../src/report/stability.ts";
import { cellScore } from "./cell_scores.ts";

/** The finals of one arm by seed; curves that end there. */
const arm = (cell: string, optimizer: string, finals: readonly number[]): CellScore[] =>
  finals.map((final, seed) =>
    cellScore(cell, optimizer, seed, { pretrained: 0, final, curve: [0, final] })
  );
const pair = (cell: string, adapg: readonly number[], adamw: readonly number[]) => [
  ...arm(cell, "adapg", adapg),
  ...arm(cell, "adamw", adamw),
];

const scores = [
  ...pair("can/dppo", [0.5, 0.7, 0.9], [0.4, 0.6, 0.8]),
  ...pair("lift/dppo", [0.3, 0.4, 0.5], [0.6, 0.4, 0.2]),
  ...pair("can/dql", [0, 1], [1, 0]),
];

Deno.test("pooled() averages comparisons, counts pairs and leaves those with few seeds out", () => {
  const { difference, pairs, ahead, behind } = pooled(scores)!;
  assertEquals([difference.seeds, pairs, ahead, behind], [2, 6, 4, 1]);
  assertAlmostEquals(difference.mean, (0.1 + 0) / 2, 1e-12);
  assertEquals(pooled(pair("can/dql", [0, 1], [1, 0])), undefined);
});

Deno.test("pooled() finds what sharing seeds gains: all for a common shift, a loss where arms oppose", () => {
  const pairing = (adapg: readonly number[], adamw: readonly number[]) =>
    pooled(pair("can/dppo", adapg, adamw))!.pairing;
  assertAlmostEquals(pairing([1, 2, 4], [2, 3, 5])!, 0, 1e-12);
  assertAlmostEquals(pairing([1, 2, 3], [3, 2, 1])!, 2, 1e-12);
  assertEquals(pairing([1, 1, 1], [2, 2, 2]), null);
});

Deno.test("stability() compares spreads and jitter as geometric means, by signs and by size", () => {
  const wide = [1, 2, 3], narrow = [1.5, 2, 2.5];
  const [spread, jitter] = stability([
    ...pair("can/dppo", narrow, wide),
    ...pair("can/idql", narrow, wide),
    ...pair("lift/dppo", wide, narrow),
  ]);
  assertEquals([spread.comparisons, spread.smaller, spread.larger, spread.signP], [3, 2, 1, 1]);
  assertAlmostEquals(spread.ratio!.value, 0.5 ** (1 / 3), 1e-12);
  assertEquals([jitter.smaller, jitter.larger], [0, 0]);
  assertAlmostEquals(jitter.ratio!.value, 1, 1e-12);
});

Deno.test("stability() counts an arm without spread and takes no logarithm of it", () => {
  const [spread] = stability(pair("can/dppo", [0.5, 0.5, 0.5], [0.4, 0.5, 0.6]));
  assertEquals([spread.smaller, spread.ratio], [1, null]);
  assertEquals(stability(pair("can/dql", [0, 1], [1, 0])), []);
});
