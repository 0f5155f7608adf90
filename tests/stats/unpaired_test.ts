import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { unpairedTTest, widthOfPairing } from "../../src/stats/unpaired.ts";

Deno.test("unpairedTTest() equals SciPy's ttest_ind, for arms of different size too", () => {
  assertAlmostEquals(unpairedTTest([1, 2, 4], [3, 5, 9]), 0.1662327519, 1e-7);
  assertAlmostEquals(unpairedTTest([1, 2, 4, 5], [3, 9]), 0.2605745474, 1e-7);
  assertAlmostEquals(unpairedTTest([7], [1, 2, 4]), 0.1180828963, 1e-7);
});

Deno.test("unpairedTTest() knows nothing where neither arm varies, and names an empty one", () => {
  assertEquals(unpairedTTest([0, 0, 0], [1, 1, 1]), 1);
  assertEquals(unpairedTTest([1], [2]), 1);
  assertThrows(() => unpairedTTest([1, 2], []), RangeError, "b must be an integer >= 1, found 0");
  assertThrows(() => unpairedTTest([NaN], [1]), RangeError, "a[0] must be a finite number");
});

Deno.test("widthOfPairing() is the ratio of SciPy's t quantiles", () => {
  assertAlmostEquals(widthOfPairing(3), 1.5496984693, 1e-7);
  assertAlmostEquals(widthOfPairing(5), 1.2040069932, 1e-7);
});
