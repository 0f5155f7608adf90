import { assert, assertAlmostEquals, assertStrictEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { clipByGlobalNorm, globalNorm } from "../../src/optim/clip_by_global_norm.ts";
import { NonFiniteError } from "../../src/tensor/non_finite.ts";
import { entry } from "../arbitraries/vectors.ts";
import { assertNear, float32, values } from "./lab.ts";

const gradients = fc.array(entry, { minLength: 1, maxLength: 8 });
const limit = fc.double({ min: 1e-3, max: 1e3, noNaN: true });

Deno.test("clipByGlobalNorm() scales by maxNorm / (norm + 1e-6) and keeps the direction", () => {
  fc.assert(fc.property(gradients, limit, (g, maxNorm) => {
    const grads = float32.vector(g), norm = Math.hypot(...values(grads));
    const factor = Math.min(1, maxNorm / (norm + 1e-6));
    const clipped = clipByGlobalNorm(maxNorm)(grads);
    assertAlmostEquals(globalNorm(grads), norm, 1e-12 * norm);
    assertNear(values(clipped), g.map((x) => factor * x), 1e-6 * maxNorm, "clipped");
    assert(globalNorm(clipped) <= maxNorm * (1 + 1e-6));
    assertNear(values(grads), g, 0, "input");
  }));
});

Deno.test("clipByGlobalNorm() hands back gradients that are short enough", () => {
  const grads = float32.vector([3, 4]);
  assertStrictEquals(clipByGlobalNorm(5.1)(grads), grads);
});

Deno.test("clipByGlobalNorm() names a gradient that is not finite and refuses a limit of 0", () => {
  assertThrows(
    () => clipByGlobalNorm(1)(float32.vector([1, NaN])),
    NonFiniteError,
    "Cannot clip by global norm: gradient must be finite, found NaN at w[1]",
  );
  for (const maxNorm of [0, -1, NaN, Infinity]) {
    assertThrows(() => clipByGlobalNorm(maxNorm), RangeError, `found ${maxNorm}`);
  }
});
