import { assertAlmostEquals, assertEquals } from "@std/assert";
import { stability } from "../../src/report/stability.ts";
import { pair } from "./cell_scores.ts";

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

Deno.test("stability() takes equal success rates for equal, whatever their sum rounds to", () => {
  const [spread] = stability([
    ...pair("can/dppo", [0.18, 0.18, 0.18], [0.4, 0.5, 0.6]),
    ...pair("lift/dppo", [0.18, 0.18, 0.18], [0.5, 0.5, 0.5]),
  ]);
  assertEquals([spread.smaller, spread.larger, spread.ratio], [1, 0, null]);
});
