import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { floats, run } from "./kernel_runs.ts";

Deno.test("sums and means over neighbouring axes are float64 sums, rounded once", () => {
  const axis = fc.integer({ min: 1, max: 21 });
  fc.assert(
    fc.property(axis, axis, axis, fc.nat(), fc.boolean(), (outer, terms, inner, seed, keepDims) => {
      const x = floats([outer, terms, inner], seed);
      const expected = new Float64Array(outer * inner);
      x.data.forEach((v, i) => {
        expected[Math.floor(i / (terms * inner)) * inner + i % inner] += v;
      });
      const sum = run("Sum", { x }, { axis: [1], keepDims });
      const mean = run("Mean", { x }, { axis: [1], keepDims });
      expected.forEach((v, i) => {
        assert(Math.abs(sum[i] - v) <= 2 ** -23 * Math.abs(v) + 1e-15);
        assert(Math.abs(mean[i] - v / terms) <= 2 ** -23 * Math.abs(v / terms) + 1e-15);
      });
    }),
    { numRuns: 100 },
  );
});

Deno.test("a sum over axes apart, or over all of them, is complete", () => {
  const x = { shape: [2, 3, 2], data: Float32Array.from({ length: 12 }, (_, i) => i) };
  assertEquals([...run("Sum", { x }, { axis: [0, 2], keepDims: false })], [14, 22, 30]);
  assertEquals([...run("Sum", { x }, { axis: [0, 1, 2], keepDims: false })], [66]);
  assertEquals([...run("Sum", { x }, { axis: null, keepDims: false })], [66]);
});
