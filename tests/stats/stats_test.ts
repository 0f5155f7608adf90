import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import golden from "../../fixtures/golden/stats.json" with { type: "json" };
import {
  interquartileMean,
  optimalityGap,
  performanceProfile,
  probabilityOfImprovement,
} from "../../src/stats/aggregate.ts";
import { mean, quantile, standardDeviation } from "../../src/stats/moments.ts";
import { benjaminiHochberg, holm } from "../../src/stats/multiple_comparisons.ts";
import { pairedInterval, pairedTTest, signFlipTest } from "../../src/stats/paired.ts";
import { signTest } from "../../src/stats/sign_test.ts";
import { meanInterval } from "../../src/stats/t_interval.ts";
import { wilsonInterval } from "../../src/stats/wilson.ts";

const close = (actual: number, expected: number) => assertAlmostEquals(actual, expected, 1e-7);
const closeAll = (actual: readonly number[], expected: readonly number[]) => {
  assertEquals(actual.length, expected.length);
  actual.forEach((v, i) => close(v, expected[i]));
};

Deno.test("aggregates equal rliable's definitions computed with SciPy", () => {
  close(interquartileMean(golden.x), golden.interquartileMean);
  close(optimalityGap(golden.x), golden.optimalityGap);
  close(probabilityOfImprovement(golden.x, golden.y), golden.probabilityOfImprovement);
  closeAll(performanceProfile(golden.x, golden.taus), golden.performanceProfile);
});

Deno.test("quantile and standard deviation equal NumPy's", () => {
  close(quantile(golden.a, 0.35), golden.quantile);
  close(standardDeviation(golden.a), golden.standardDeviation);
});

Deno.test("a quantile among infinite values is infinite, not NaN", () => {
  assertEquals(quantile([1, Infinity, Infinity], 0.975), Infinity);
});

Deno.test("signTest() equals SciPy's binomtest and takes both sides alike", () => {
  close(signTest(14, 18), 0.0308837890625);
  close(signTest(4, 18), 0.0308837890625);
  close(signTest(9, 10), 0.021484375);
  assertEquals([signTest(9, 18), signTest(0, 0)], [1, 1]);
  assertThrows(() => signTest(3, 2), RangeError, "found 3 of 2");
});

Deno.test("signTest() of more trials than 2⁻ⁿ can be a double equals SciPy's", () => {
  assertEquals(signTest(600, 1200), 1);
  close(signTest(637, 1200), 0.03504547326789915);
  close(signTest(2600, 5001), 0.005107377937313085);
  assertAlmostEquals(signTest(500, 1200) / 8.535366081034316e-9, 1, 1e-9);
});

Deno.test("t interval, paired t test and sign-flip test equal SciPy's", () => {
  const { low, high } = meanInterval(golden.a);
  closeAll([low, high], golden.meanInterval);
  close(pairedTTest(golden.a, golden.b), golden.pairedTTest);
  close(signFlipTest(golden.a, golden.b), golden.signFlipTest);
});

Deno.test("Wilson intervals equal statsmodels'", () => {
  for (const [k, n, low, high] of golden.wilson) {
    const interval = wilsonInterval(k, n);
    closeAll([interval.low, interval.high], [low, high]);
  }
});

Deno.test("Holm and Benjamini-Hochberg adjustments equal statsmodels'", () => {
  closeAll(holm(golden.p), golden.holm);
  closeAll(benjaminiHochberg(golden.p), golden.benjaminiHochberg);
});

const scores = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), {
  minLength: 2,
  maxLength: 12,
});

Deno.test("probability of improvement of X over Y and of Y over X add up to 1", () => {
  fc.assert(fc.property(scores, scores, (a, b) => {
    const x = a.map((v) => [v]), y = b.map((v) => [v]);
    close(probabilityOfImprovement(x, y) + probabilityOfImprovement(y, x), 1);
  }));
});

Deno.test("paired intervals ignore what the arms have in common", () => {
  fc.assert(fc.property(scores, fc.double({ min: -9, max: 9, noNaN: true }), (a, shift) => {
    const gain = a.map((_, i) => shift + i), { low, high } = meanInterval(gain);
    const interval = pairedInterval(a.map((v, i) => v + gain[i]), a);
    assertAlmostEquals(interval.low, low, 1e-6);
    assertAlmostEquals(interval.high, high, 1e-6);
  }));
});

Deno.test("values that are all equal give an infinite interval and p = 1: nothing is known of their spread", () => {
  assertEquals(meanInterval([0, 0, 0]), { low: -Infinity, high: Infinity });
  // The differences are equal but for rounding, as those of success rates of 50 episodes often are.
  const [a, b] = [[0.34, 0.48, 0.1], [0.36, 0.5, 0.12]];
  assertEquals(pairedInterval(a, b), { low: -Infinity, high: Infinity });
  assertEquals(pairedTTest(a, b), 1);
  assertEquals(pairedTTest([1, 2, 3.001], [0, 1, 2]) < 1e-6, true);
});

Deno.test("one seed gives an infinite interval, not a false one", () => {
  assertEquals(meanInterval([4]), { low: -Infinity, high: Infinity });
  assertEquals(pairedTTest([4], [1]), 1);
});

Deno.test("pairedTTest() tells small p from 0", () => {
  // t = 10⁵ and 30 with 4 and 9 degrees of freedom; SciPy's 2 t.sf(t, ν).
  const sample = (n: number, t: number) => {
    const x = Array.from({ length: n }, (_, i) => i % 2 === 0 ? 1 : -1);
    const shift = t * standardDeviation(x) / Math.sqrt(n) - mean(x);
    return pairedTTest(x.map((v) => v + shift), x.map(() => 0));
  };
  assertAlmostEquals(sample(5, 1e5) / 5.999999995999999e-20, 1, 1e-6);
  assertAlmostEquals(sample(10, 30) / 2.4837047041582635e-10, 1, 1e-6);
  assertAlmostEquals(sample(10, -30) / 2.4837047041582635e-10, 1, 1e-6);
});

Deno.test("bad statistics input is named", () => {
  assertThrows(
    () => interquartileMean([[1, NaN]]),
    RangeError,
    "score of run 0, task 1 must be finite",
  );
  assertThrows(() => interquartileMean([[1, 2], [3]]), RangeError, "run 1 has 1 tasks");
  assertThrows(() => wilsonInterval(3, 2), RangeError, "found 3 of 2");
  assertThrows(() => pairedTTest([1, 2], [1]), RangeError, "found 2 and 1");
  assertThrows(() => signFlipTest(Array(21).fill(1), Array(21).fill(0)), RangeError, "at most 20");
});
