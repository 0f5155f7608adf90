import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { hopper } from "../../src/envs/hopper.ts";
import { locomotion } from "../../src/envs/locomotion.ts";
import { mujocoEngine } from "../../src/adapters/mujoco_simulator.ts";
import { normalized, scaleFromUnit, scaleToUnit } from "../../src/rl/normalize.ts";

const one = (x: number) => Float64Array.of(x);

Deno.test("scaleToUnit() takes the range to [−1, 1], short of 1 by its guard against empty ranges", () => {
  assertEquals([...scaleToUnit(one(-2), one(-2), one(2))], [-1]);
  assertAlmostEquals(scaleToUnit(one(2), one(-2), one(2))[0], 2 * (4 / (4 + 1e-6) - 0.5), 1e-15);
  assertEquals([...scaleToUnit(one(5), one(5), one(5))], [-1], "an empty range");
});

Deno.test("scaleFromUnit() has no guard, so that −1 and 1 give the range's ends", () => {
  assertEquals([...scaleFromUnit(one(-1), one(-2), one(3))], [-2]);
  assertEquals([...scaleFromUnit(one(1), one(-2), one(3))], [3]);
});

Deno.test("scaling up undoes scaling down to a millionth", () => {
  const value = fc.double({ min: -10, max: 10, noNaN: true });
  fc.assert(
    fc.property(value, value, fc.double({ min: 0.1, max: 5, noNaN: true }), (x, low, width) => {
      const [min, max] = [one(low), one(low + width)];
      const back = scaleFromUnit(scaleToUnit(one(x), min, max), min, max)[0];
      assertAlmostEquals(back, x, 1e-6 * (Math.abs(x - low) / width + 1));
    }),
  );
});

Deno.test("normalized() refuses ranges of another environment", () => {
  const env = locomotion(hopper, mujocoEngine.load(hopper.mjcf())), zeros = new Float64Array(17);
  const ranges = {
    observationMin: zeros,
    observationMax: zeros,
    actionMin: zeros,
    actionMax: zeros,
  };
  assertThrows(() => normalized(env, ranges), RangeError, "Cannot normalise hopper");
});
