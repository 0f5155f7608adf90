import { assertAlmostEquals } from "@std/assert";
import { fisherExact } from "../../src/stats/fisher.ts";

Deno.test("fisherExact() equals SciPy's", () => {
  assertAlmostEquals(fisherExact(8, 2, 1, 5), 0.03496503496503495, 1e-12);
  assertAlmostEquals(fisherExact(5, 0, 0, 5), 0.007936507936507936, 1e-12);
  assertAlmostEquals(fisherExact(3, 3, 3, 3), 1, 1e-12);
  assertAlmostEquals(fisherExact(3, 0, 0, 3), 0.1, 1e-12);
  assertAlmostEquals(fisherExact(300, 200, 250, 250), 0.0018270076470658027, 1e-12);
});
