import { assertAlmostEquals, assertThrows } from "@std/assert";
import { detectableDifference } from "../../src/stats/detectable.ts";

Deno.test("detectableDifference() is where SciPy's noncentral t has the power", () => {
  assertAlmostEquals(detectableDifference(2), 11.5498849, 1e-5);
  assertAlmostEquals(detectableDifference(3), 3.2640435, 1e-6);
  assertAlmostEquals(detectableDifference(10), 0.9960023, 1e-6);
  assertAlmostEquals(detectableDifference(10, { alpha: 0.01, power: 0.9 }), 1.5097345, 1e-6);
});

Deno.test("detectableDifference() wants two pairs", () => {
  assertThrows(() => detectableDifference(1), RangeError, "found 1");
});
