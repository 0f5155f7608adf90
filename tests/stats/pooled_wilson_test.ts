import { assertAlmostEquals, assertEquals, assertGreater, assertThrows } from "@std/assert";
import { normal, uniform } from "../../src/rng/draw.ts";
import { address, key } from "../../src/rng/key.ts";
import { pooledWilsonInterval, wilsonInterval } from "../../src/stats/wilson.ts";

Deno.test("pooled Wilson intervals are those of all trials where policies hardly differ", () => {
  assertEquals(pooledWilsonInterval([25], 50), wilsonInterval(25, 50));
  assertEquals(pooledWilsonInterval([24, 25, 26], 50), wilsonInterval(75, 150));
  assertEquals(pooledWilsonInterval([0, 0], 50), wilsonInterval(0, 100));
  assertThrows(() => pooledWilsonInterval([51, 0], 50), RangeError, "found 51 of 50");
});

Deno.test("pooled Wilson intervals take Student's t where policies differ", () => {
  // X² = 2 · 10² / (50 · 0.5²) = 16 of one degree of freedom.
  const { low, high } = pooledWilsonInterval([15, 35], 50);
  assertAlmostEquals(low + high, 1, 1e-12);
  const z2 = 12.706204736174694 ** 2 * 16, n = 100;
  assertAlmostEquals(
    high - low,
    2 * Math.sqrt(z2 * (0.25 / n + z2 / (4 * n * n))) / (1 + z2 / n),
    1e-8,
  );
});

/** The share of simulated studies whose interval holds the mean rate 0.5 of all policies there could be. */
function coverage(policies: number, spread: number): number {
  const STUDIES = 1000, TRIALS = 50, at = address(key(0), "studies", policies, String(spread));
  const shifts = normal(address(at, "policies"), [STUDIES * policies]).data;
  const luck = uniform(address(at, "trials"), [STUDIES * policies, TRIALS]).data;
  const successes = Array.from(
    shifts,
    (shift, i) =>
      luck.subarray(i * TRIALS, (i + 1) * TRIALS).filter((u) => u < 0.5 + spread * shift).length,
  );
  const holds = Array.from({ length: STUDIES }, (_, study) => {
    const own = successes.slice(study * policies, (study + 1) * policies);
    const { low, high } = pooledWilsonInterval(own, TRIALS);
    return low <= 0.5 && 0.5 <= high;
  });
  return holds.filter(Boolean).length / STUDIES;
}

Deno.test("pooled Wilson intervals of 95 % hold the mean rate that often, however much policies differ", () => {
  for (const policies of [2, 3, 5]) {
    for (const spread of [0, 0.06, 0.1, 0.2]) {
      // Two standard errors of a share of 1000 studies below 0.95.
      assertGreater(coverage(policies, spread), 0.936, `${policies} policies, spread ${spread}`);
    }
  }
});
