import { assert, assertEquals } from "@std/assert";
import { standardDeviation } from "../../src/stats/moments.ts";
import { spread } from "../../src/stats/spread.ts";

Deno.test("spread() is the standard deviation, and 0 where rounding is all that it would show", () => {
  assertEquals(spread([1, 2, 4]), standardDeviation([1, 2, 4]));
  assert(standardDeviation([0.18, 0.18, 0.18]) > 0);
  assertEquals([spread([0.18, 0.18, 0.18]), spread([3, 3])], [0, 0]);
  // Differences of success rates of 50 episodes.
  assertEquals(spread([0.36 - 0.34, 0.5 - 0.48, 0.12 - 0.1]), 0);
  assertEquals(spread([1]), NaN);
});
