import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { tf } from "../../src/tensor/backend.ts";
import { linear } from "../../src/tensor/ops/linear.ts";
import { floats, product, run } from "./kernel_runs.ts";

const size = (max: number) => fc.integer({ min: 1, max });
const EPS = 2 ** -23;

Deno.test("a matrix product agrees with float64 in every shape and transposition", () => {
  fc.assert(
    fc.property(
      fc.tuple(size(40), size(40), fc.oneof(size(70), fc.integer({ min: 500, max: 1100 }))),
      fc.boolean(),
      fc.boolean(),
      fc.nat(),
      ([m, n, k], transposeA, transposeB, seed) => {
        const a = floats(transposeA ? [k, m] : [m, k], seed),
          b = floats(
            transposeB ? [n, k] : [k, n],
            seed + 1,
          );
        const found = run("BatchMatMul", { a, b }, { transposeA, transposeB });
        const { value, size } = product(
          m,
          n,
          k,
          (i, q) => a.data[transposeA ? q * m + i : i * k + q],
          (q, j) => b.data[transposeB ? j * k + q : q * n + j],
        );
        value.forEach((x, i) =>
          assert(Math.abs(found[i] - x) <= (k / 4 + 8) * EPS * size[i], `entry ${i}`)
        );
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("linear() and its gradient agree with float64", () => {
  fc.assert(
    fc.property(size(30), size(20), size(20), fc.nat(), (batch, inputs, outputs, seed) => {
      const [x, w, dy] = [[batch, inputs], [outputs, inputs], [batch, outputs]].map((s, i) =>
        floats(s, seed + i)
      );
      const b = floats([outputs], seed + 3);
      const [y, dx, dw, db] = tf.tidy(() => {
        const nodes = [x, w, b].map((t) => tf.tensor(t.data, t.shape));
        const loss = (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) =>
          tf.sum(tf.mul(linear(x, w, b), tf.tensor(dy.data, dy.shape))) as tf.Scalar;
        return [linear(nodes[0], nodes[1], nodes[2]), ...tf.grads(loss)(nodes)]
          .map((t) => t.dataSync<"float32">());
      });
      const near = (found: Float32Array, e: ReturnType<typeof product>, extra?: Float32Array) =>
        e.value.forEach((v, i) => {
          const offset = extra ? extra[i % extra.length] : 0;
          assert(Math.abs(found[i] - v - offset) <= 24 * EPS * (e.size[i] + Math.abs(offset)));
        });
      const X = (i: number, q: number) => x.data[i * inputs + q];
      const W = (i: number, q: number) => w.data[i * inputs + q];
      const D = (i: number, q: number) => dy.data[i * outputs + q];
      near(y, product(batch, outputs, inputs, X, (q, j) => W(j, q)), b.data);
      near(dx, product(batch, inputs, outputs, D, W));
      near(dw, product(outputs, inputs, batch, (i, q) => D(q, i), X));
      near(db, product(1, outputs, batch, () => 1, D));
    }),
    { numRuns: 40 },
  );
});

Deno.test("a row of linear() is the same bytes in every batch", () => {
  fc.assert(
    fc.property(size(60), size(80), size(30), fc.nat(), (batch, inputs, outputs, seed) => {
      const x = floats([batch, inputs], seed);
      const weight = floats([outputs, inputs], seed + 1), bias = floats([outputs], seed + 2);
      const all = run("Linear", { x, weight, bias });
      const row = seed % batch;
      const alone = {
        shape: [1, inputs],
        data: x.data.slice(row * inputs, (row + 1) * inputs),
      };
      assertEquals(
        run("Linear", { x: alone, weight, bias }),
        all.slice(row * outputs, (row + 1) * outputs),
      );
    }),
    { numRuns: 40 },
  );
});

Deno.test("batches of matrices keep the shipped kernel", () => {
  const a = floats([2, 3, 4], 1), b = floats([2, 4, 5], 2);
  const found = run("BatchMatMul", { a, b }, { transposeA: false, transposeB: false });
  const second = product(
    3,
    5,
    4,
    (i, q) => a.data[12 + i * 4 + q],
    (q, j) => b.data[20 + q * 5 + j],
  );
  second.value.forEach((x, i) => assert(Math.abs(found[15 + i] - x) < 1e-6));
});

Deno.test("linear() refuses shapes that do not fit", () => {
  tf.tidy(() => {
    const [x, w, b] = [tf.zeros([2, 3]), tf.zeros([4, 5]), tf.zeros([4])];
    assertThrows(() => linear(x, w, b), RangeError, "Cannot multiply");
  });
});
