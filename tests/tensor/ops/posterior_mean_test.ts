import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { normal, uniform } from "../../../src/rng/draw.ts";
import { foldIn, key } from "../../../src/rng/key.ts";
import { evaluate, valueAndGrad } from "../../../src/tensor/engine.ts";
import { posteriorMean } from "../../../src/tensor/ops/posterior_mean.ts";
import { leafOf, paramsOf } from "../../../src/tensor/params.ts";
import { tensor } from "../../../src/tensor/tensor.ts";

const configuration = fc.record({
  rows: fc.integer({ min: 1, max: 6 }),
  columns: fc.integer({ min: 1, max: 6 }),
  perRow: fc.boolean(),
  bound: fc.constantFrom(0.3, 1, Infinity),
  seed: fc.nat(1000),
});

Deno.test("posteriorMean() and its gradient are those of the formula", () => {
  fc.assert(fc.property(configuration, ({ rows, columns, perRow, bound, seed }) => {
    const k = key(seed),
      [p, q, c1, c2] = [0, 1, 2, 3].map((i) =>
        uniform(foldIn(k, i), [perRow ? rows : 1], 0.5, 2).data
      );
    const [x, prediction, cotangent] = [4, 5, 6].map((i) => normal(foldIn(k, i), [rows, columns]));
    const { aux, grads } = valueAndGrad(
      paramsOf({ x, prediction }),
      {},
      { cotangent },
      ({ x, prediction }, _, { cotangent }) => {
        const mean = posteriorMean(x, prediction, { p, q, c1, c2, bound });
        return { loss: mean.mul(cotangent).sum(), aux: { mean } };
      },
    );
    for (let i = 0; i < rows * columns; i++) {
      const r = perRow ? Math.floor(i / columns) : 0, g = cotangent.data[i];
      const clean = p[r] * x.data[i] - q[r] * prediction.data[i];
      const inside = Math.abs(clean) <= bound ? 1 : 0;
      const mean = c1[r] * Math.min(bound, Math.max(-bound, clean)) + c2[r] * x.data[i];
      assertAlmostEquals(aux.mean.data[i], mean, 1e-5);
      assertAlmostEquals(leafOf(grads, "x").data[i], g * (inside * p[r] * c1[r] + c2[r]), 1e-4);
      assertAlmostEquals(leafOf(grads, "prediction").data[i], -g * inside * q[r] * c1[r], 1e-4);
    }
  }));
});

Deno.test("posteriorMean() passes NaN on", () => {
  const one = Float32Array.of(1), coefficients = { p: one, q: one, c1: one, c2: one, bound: 1 };
  const { y } = evaluate({}, { x: tensor([1, 2], [NaN, 0]) }, (_, { x }) => ({
    y: posteriorMean(x, x, coefficients),
  }));
  assertEquals([...y.data], [NaN, 0]);
});
