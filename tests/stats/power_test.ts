import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import golden from "../../fixtures/golden/stats.json" with { type: "json" };
import { detectableDifference, pairedPower, seedsNeeded } from "../../src/stats/power.ts";

Deno.test("pairedPower() equals SciPy's noncentral distribution", () => {
  for (const [n, effect, alpha, power] of golden.pairedPower) {
    assertAlmostEquals(pairedPower(n, effect, alpha), power, 1e-6, `${n} pairs`);
  }
});

Deno.test("pairedPower() is the significance level where there is no effect, and takes both signs alike", () => {
  assertAlmostEquals(pairedPower(5, 0, 0.05), 0.05, 1e-7);
  assertEquals(pairedPower(5, -1, 0.05), pairedPower(5, 1, 0.05));
});

Deno.test("seedsNeeded() is the smallest number that reaches the power, as SciPy says of every one in turn", () => {
  for (const [difference, sd, alpha, power, seeds] of golden.seedsNeeded) {
    assertEquals(seedsNeeded(difference, sd, { alpha, power }), seeds, `${difference} of ${sd}`);
  }
});

Deno.test("detectableDifference() is where SciPy's noncentral t has the power", () => {
  const isNear = (found: number, expected: number) =>
    assertAlmostEquals(found, expected, 1e-5 * expected);
  isNear(detectableDifference(2), 11.5498849);
  isNear(detectableDifference(3), 3.2640435);
  isNear(detectableDifference(10), 0.9960023);
  isNear(detectableDifference(10, { alpha: 0.01, power: 0.9 }), 1.5097345);
});

Deno.test("pairedPower(), seedsNeeded() and detectableDifference() name what is not allowed", () => {
  const refused = (call: () => number, message: string) => assertThrows(call, RangeError, message);
  refused(() => pairedPower(1, 1, 0.05), "n must be an integer >= 2, found 1");
  refused(() => pairedPower(2, NaN, 0.05), "effect must be a number, found NaN");
  refused(() => detectableDifference(1), "n must be an integer >= 2, found 1");
  refused(() => seedsNeeded(0, 1), "difference must be a finite number other than 0, found 0");
  refused(() => seedsNeeded(1, NaN), "sd must be a finite number > 0, found NaN");
  refused(() => seedsNeeded(1, 1, { alpha: 1 }), "alpha must be in (0, 1), found 1");
  refused(() => seedsNeeded(1, 1, { power: 0 }), "power must be in (0, 1), found 0");
});
