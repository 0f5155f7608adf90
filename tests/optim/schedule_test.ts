import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { constant, warmupCosine } from "../../src/optim/schedule.ts";

const gym = { firstCycleSteps: 3000, warmupSteps: 1, maxLr: 1e-3, minLr: 1e-4 };
const robomimic = { firstCycleSteps: 10000, warmupSteps: 100, maxLr: 1e-4, minLr: 1e-5 };
const small = { firstCycleSteps: 10, warmupSteps: 3, maxLr: 1, minLr: 0.1 };

Deno.test("warmupCosine() gives the reference's rates", () => {
  const known: [typeof gym, [number, number][]][] = [
    [gym, [
      [0, 1e-4],
      [1, 1e-3],
      [2, 9.99999753095e-4],
      [1000, 7.752721057e-4],
      [1500, 5.502356980e-4],
      [2999, 1.000002469e-4],
      [3000, 1e-4],
    ]],
    [robomimic, [
      [0, 1e-5],
      [1, 1.09e-5],
      [50, 5.5e-5],
      [99, 9.91e-5],
      [100, 1e-4],
      [1000, 9.817718381e-5],
      [4999, 5.572824651e-5],
      [7999, 1.877130694e-5],
    ]],
    [
      small,
      [
        0.1,
        0.4,
        0.7,
        1,
        0.95543599,
        0.83057041,
        0.65013442,
        0.44986558,
        0.26942959,
        0.14456401,
        0.1,
      ]
        .map((rate, k) => [k, rate]),
    ],
  ];
  for (const [options, rates] of known) {
    for (const [k, rate] of rates) {
      assertAlmostEquals(warmupCosine(options)(k), rate, 5e-9 * options.maxLr);
    }
  }
});

Deno.test("warmupCosine() repeats after a cycle and stays between its bounds", () => {
  const rate = warmupCosine(small);
  fc.assert(fc.property(fc.integer({ min: 1, max: 1000 }), (k) => {
    assertAlmostEquals(rate(k + 10), rate(k), 1e-12);
    return rate(k) >= 0.1 && rate(k) <= 1;
  }));
});

Deno.test("warmupCosine() starts at minLr without warm-up too, and lowers and stretches later cycles", () => {
  const rate = warmupCosine({
    firstCycleSteps: 15,
    warmupSteps: 0,
    maxLr: 1e-3,
    minLr: 0,
    cycleMult: 2,
    gamma: 0.5,
  });
  assertEquals([rate(0), rate(15), rate(45)], [0, 5e-4, 2.5e-4]);
  assertAlmostEquals(rate(30), 2.5e-4, 1e-12);
});

Deno.test("constant() is constant", () => {
  fc.assert(fc.property(fc.nat(), (k) => constant(3e-4)(k) === 3e-4));
});

Deno.test("schedules refuse settings out of range", () => {
  const refused = (more: Record<string, unknown>, message: string) =>
    assertThrows(
      () => warmupCosine({ ...small, ...more }),
      RangeError,
      `Cannot create warmupCosine: ${message}`,
    );
  refused({ warmupSteps: 10 }, "warmupSteps must be at most 9, found 10");
  refused({ minLr: 2 }, "minLr must be at most 1, found 2");
  refused({ firstCycleSteps: 0 }, "firstCycleSteps must be an integer ≥ 1, found 0");
  refused({ warmupSteps: 0.5 }, "warmupSteps must be an integer ≥ 0, found 0.5");
  refused({ cycleMult: 0.5 }, "cycleMult must be a finite number ≥ 1, found 0.5");
  assertThrows(() => constant(NaN), RangeError, "Cannot create constant: learningRate must be");
  assertThrows(() => warmupCosine(small)(-1), RangeError, "k must be an integer ≥ 0, found -1");
});
