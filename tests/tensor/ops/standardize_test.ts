import { assertAlmostEquals } from "@std/assert";
import fc from "fast-check";
import { normal } from "../../../src/rng/draw.ts";
import { key } from "../../../src/rng/key.ts";
import { tf } from "../../../src/tensor/backend.ts";
import { valueAndGrad } from "../../../src/tensor/engine.ts";
import { standardize } from "../../../src/tensor/ops/standardize.ts";
import { paramsOf } from "../../../src/tensor/params.ts";

Deno.test("standardize() and its gradient are those of mean and variance", () => {
  const size = fc.integer({ min: 1, max: 4 }), eps = fc.constantFrom(1e-5, 0.1);
  fc.assert(
    fc.property(size, size, size, size, eps, (batch, length, groups, width, eps) => {
      fc.pre(length * width > 2);
      const shape = [batch, length, groups, width];
      const params = paramsOf({ x: normal(key(1), shape) }), cotangent = normal(key(2), shape);
      const run = (f: (x: tf.Tensor) => tf.Tensor) =>
        valueAndGrad(params, {}, { cotangent }, ({ x }, _, { cotangent }) => {
          const y = f(x);
          return { loss: tf.sum(tf.mul(y, cotangent)), aux: { y } };
        });
      const found = run((x) => standardize(x, eps));
      const expected = run((x) => {
        const { mean, variance } = tf.moments(x, [1, 3], true);
        return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, eps)));
      });
      found.aux.y.data.forEach((y, i) => assertAlmostEquals(y, expected.aux.y.data[i], 1e-4));
      found.grads.data.forEach((g, i) => assertAlmostEquals(g, expected.grads.data[i], 2e-3));
    }),
    { numRuns: 40 },
  );
});
