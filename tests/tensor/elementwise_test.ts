import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { tf } from "../../src/tensor/backend.ts";
import { mish } from "../../src/tensor/ops/mish.ts";
import { relu } from "../../src/tensor/ops/relu.ts";
import { floats, run, ulp } from "./kernel_runs.ts";
import { shippedRun } from "./shipped.ts";

const BINARY = ["Add", "Sub", "Multiply", "RealDiv", "Maximum", "Minimum"];

/** A shape and two operands' shapes that broadcast to it. */
const broadcast = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.nat(2)), {
  minLength: 0,
  maxLength: 4,
}).chain((axes) =>
  fc.tuple(fc.nat(axes.length), fc.nat(axes.length)).map(([cutA, cutB]) => {
    const a = axes.map(([n, kind]) => (kind === 1 ? 1 : n));
    const b = axes.map(([n, kind]) => (kind === 2 ? 1 : n));
    return [a.slice(cutA), cutA > 0 ? axes.map(([n]) => n) : b.slice(cutB)];
  })
);

Deno.test("arithmetic gives the shipped kernels' bytes in every broadcast", () => {
  fc.assert(
    fc.property(broadcast, fc.nat(), fc.constantFrom(...BINARY), ([a, b], seed, name) => {
      const inputs = { a: floats(a, seed, 3), b: floats(b, seed + 1, 3) };
      assertEquals(run(name, inputs), shippedRun(name, inputs));
    }),
    { numRuns: 300 },
  );
});

Deno.test("integers keep the shipped kernels", () => {
  tf.tidy(() => {
    const sum = tf.add(tf.tensor1d([1, 2], "int32"), tf.tensor1d([3, 4], "int32"));
    assertEquals([...sum.dataSync()], [4, 6]);
    assertEquals([...tf.sum(tf.tensor1d([1, 2], "int32")).dataSync()], [3]);
  });
});

Deno.test("relu, square root, square and negation give the shipped kernels' bytes", () => {
  for (const n of [1, 2, 3, 4, 5, 31, 128]) {
    const x = floats([n], n, 4), positive = { shape: [n], data: x.data.map(Math.abs) };
    for (const name of ["Relu", "Neg", "Square"]) {
      assertEquals(run(name, { x }).map((v) => v + 0), shippedRun(name, { x }).map((v) => v + 0));
    }
    assertEquals(run("Sqrt", { x: positive }), shippedRun("Sqrt", { x: positive }));
  }
});

Deno.test("exp is within 1 ulp over float32's range and exact at its ends", () => {
  const x = floats([40_000], 5, 103);
  run("Exp", { x }).forEach((y, i) => {
    const exact = Math.exp(x.data[i]);
    if (exact < 3.4e38) assert(Math.abs(y - exact) <= ulp(exact), `exp(${x.data[i]}) is ${y}`);
  });
  const ends = { shape: [5], data: Float32Array.of(0, -Infinity, Infinity, 89, NaN) };
  assertEquals([...run("Exp", { x: ends })], [1, 0, Infinity, Infinity, NaN]);
});

const slope = (x: number) => {
  const e = Math.exp(Math.min(x, 30)), m = e * (e + 2);
  return { mish: x * m / (m + 2), derivative: m / (m + 2) + 4 * x * e * (e + 1) / (m + 2) ** 2 };
};

Deno.test("mish and its derivative agree with float64 to a few ulp", () => {
  for (const scale of [1, 6, 60]) {
    const x = floats([10_000], scale, scale), dy = { shape: [10_000], data: x.data.map(() => 1) };
    const value = run("Mish", { x }), gradient = run("MishGradient", { dy, x });
    x.data.forEach((v, i) => {
      const exact = slope(v);
      assert(Math.abs(value[i] - exact.mish) <= 6 * ulp(exact.mish), `mish(${v})`);
      assert(Math.abs(gradient[i] - exact.derivative) <= 4 * ulp(1), `mish'(${v})`);
    });
  }
});

Deno.test("the gradients of mish() and relu() multiply by their derivatives", () => {
  const points = [-25, -3, -0.5, -0, 0, 0.25, 2, 30];
  tf.tidy(() => {
    const x = tf.tensor1d(points), scale = tf.scalar(3);
    const of = (f: (x: tf.Tensor) => tf.Tensor) =>
      tf.grad((x) => tf.sum(tf.mul(f(x), scale)))(x).dataSync();
    of(mish).forEach((d, i) => assertAlmostEquals(d, 3 * slope(points[i]).derivative, 1e-6));
    assertEquals([...of(relu)], points.map((p) => p > 0 ? 3 : 0));
  });
});
