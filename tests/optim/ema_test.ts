import { assertStrictEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ema, polyak } from "../../src/optim/ema.ts";
import { entry } from "../arbitraries/vectors.ts";
import { assertNear, assertSame, float32, float64, largest, values } from "./lab.ts";

const pair = fc.array(fc.tuple(entry, entry), { minLength: 1, maxLength: 6 });
const weight = fc.double({ min: 0, max: 1, noNaN: true });

Deno.test("polyak() is the weighted mean, the target at 0 and θ at 1", () => {
  fc.assert(fc.property(pair, weight, (rows, tau) => {
    const a = rows.map(([x]) => x), b = rows.map(([, x]) => x);
    const [target, theta] = [float32.vector(a), float32.vector(b)];
    const expected = a.map((x, j) => (1 - tau) * x + tau * b[j]);
    assertNear(values(polyak(target, theta, tau)), expected, 1e-7 * largest(a, b), "mean");
    assertSame(values(polyak(target, theta, 0)), a, "target");
    assertSame(values(polyak(target, theta, 1)), b, "θ");
    assertSame(values(target), a, "input");
  }));
  assertThrows(
    () => polyak(float32.vector([1]), float32.vector([1]), 1.1),
    RangeError,
    "tau must be",
  );
});

Deno.test("ema() copies before its start, averages after it and rests between its epochs", () => {
  const update = ema({ decay: 0.9, epochStartEma: 10, updateEmaFreq: 5 });
  const average = float64.vector([1]), theta = float64.vector([2]);
  assertStrictEquals(update(average, theta, 4), average);
  assertStrictEquals(update(average, theta, 5), theta);
  assertNear(values(update(average, theta, 10)), [1.1], 1e-15, "average");
  assertStrictEquals(update(average, theta, 11), average);
});

Deno.test("ema() refuses settings out of range", () => {
  const usual = { decay: 0.995, epochStartEma: 10, updateEmaFreq: 5 };
  assertThrows(() => ema({ ...usual, decay: 2 }), RangeError, "decay must be in [0, 1], found 2");
  assertThrows(() => ema({ ...usual, updateEmaFreq: 0 }), RangeError, "updateEmaFreq must be");
});
