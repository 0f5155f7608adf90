import { assertAlmostEquals, assertEquals } from "@std/assert";
import { advantageWeights } from "../../src/rl/advantage_weight.ts";
import { expectileLoss } from "../../src/rl/expectile.ts";
import { explainedVariance, moments, quantile, standardized } from "../../src/rl/statistics.ts";
import { evaluate } from "../../src/tensor/engine.ts";
import { tensor } from "../../src/tensor/tensor.ts";

Deno.test("advantageWeights() are exponential in standard deviations and capped", () => {
  const weights = advantageWeights([-1, 0, 1], 2, 5);
  [Math.exp(-2), 1, 5].forEach((w, i) => assertAlmostEquals(weights[i], w, 1e-5));
});

Deno.test("expectileLoss() weights positive differences by the expectile", () => {
  const d = tensor([4], [2, -2, 0, 1]);
  const { loss } = evaluate({}, { d }, (_, x) => ({ loss: expectileLoss(x.d, 0.8) }));
  assertAlmostEquals(loss.data[0], (0.8 * 4 + 0.2 * 4 + 0.8) / 4, 1e-6);
});

Deno.test("quantile() interpolates linearly between order statistics", () => {
  const x = [3, 1, 2, 10];
  assertEquals([0, 1 / 3, 0.5, 0.75, 1].map((q) => quantile(x, q)), [1, 2, 2.5, 4.75, 10]);
});

Deno.test("standardized() has mean 0 and unbiased deviation 1", () => {
  const { mean, std } = moments(standardized([1, 5, -3, 8], 0));
  assertAlmostEquals(mean, 0, 1e-6);
  assertAlmostEquals(std, 1, 1e-6);
});

Deno.test("explainedVariance() is 1 for a perfect and 0 for a constant prediction", () => {
  assertEquals(explainedVariance([1, 2, 4], [1, 2, 4]), 1);
  assertAlmostEquals(explainedVariance([5, 5, 5], [1, 2, 4]), 0);
  assertEquals(explainedVariance([1, 2], [3, 3]), 0);
});
