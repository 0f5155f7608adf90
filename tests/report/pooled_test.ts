import { assertAlmostEquals, assertEquals } from "@std/assert";
import { pooled } from "../../src/report/pooled.ts";
import { pair, run } from "./cell_scores.ts";

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

Deno.test("pooled() compares whole curves as well, of the runs that finished", () => {
  const curved = (optimizer: string, level: number) =>
    [0, 1, 2].map((seed) => ({ ...run("can/dppo", optimizer, seed, 0.5), curve: [0.1, level] }));
  const diverged = { ...run("can/dppo", "adapg", 3), curve: [9] };
  const { difference, ahead, behind } =
    pooled([...curved("adapg", 0.5), diverged, ...curved("adamw", 0.3)])!.curves;
  assertAlmostEquals(difference.mean, 0.1, 1e-12);
  assertEquals([difference.seeds, ahead, behind], [1, 1, 0]);
});

Deno.test("pooled() finds what sharing seeds gains: all for a common shift, a loss where arms oppose", () => {
  const pairing = (adapg: readonly number[], adamw: readonly number[]) =>
    pooled(pair("can/dppo", adapg, adamw))!.pairing;
  assertAlmostEquals(pairing([1, 2, 4], [2, 3, 5])!.variance, 0, 1e-12);
  assertAlmostEquals(pairing([1, 2, 3], [3, 2, 1])!.variance, 2, 1e-12);
  assertEquals(pairing([1, 2, 3], [3, 2, 1])!.seeds, 3);
  assertAlmostEquals(pairing([1, 2, 3], [3, 2, 1])!.width, 1.5497, 1e-4);
  assertEquals(pairing([1, 1, 1], [2, 2, 2]), null);
  assertEquals(pairing([0.18, 0.18, 0.18], [0.36, 0.36, 0.36]), null);
});
