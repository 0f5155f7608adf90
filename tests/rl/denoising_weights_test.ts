import { assertAlmostEquals, assertEquals } from "@std/assert";
import { clipRanges, denoisingDiscounts } from "../../src/rl/denoising_weights.ts";

Deno.test("clipRanges() grow from the base to the coefficient as in the reference", () => {
  const ranges = clipRanges(10, {
    clipPlossCoef: 0.01,
    clipPlossCoefBase: 0.001,
    clipPlossCoefRate: 3,
  });
  [
    0.001,
    0.00118656,
    0.00144691,
    0.00181028,
    0.00231739,
    0.00302512,
    0.00401283,
    0.00539130,
    0.00731511,
    0.01,
  ].forEach((c, j) => assertAlmostEquals(ranges[j], c, 5e-9));
});

Deno.test("clipRanges() of a single step is the coefficient", () => {
  const schedule = { clipPlossCoef: 0.5, clipPlossCoefBase: 0.25, clipPlossCoefRate: 3 };
  assertEquals([...clipRanges(1, schedule)], [0.5]);
});

Deno.test("denoisingDiscounts() leave the last step as it is", () => {
  assertEquals([...denoisingDiscounts(3, 0.5)], [0.25, 0.5, 1]);
});
