import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { rangesOf, scaledRows } from "../../../src/data/import/scale.ts";
import { spreadOf } from "../../../src/data/import/summary.ts";

const numbers = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1 });

Deno.test("scaledRows() maps every column into [-1, 1] and its minimum to -1", () => {
  fc.assert(fc.property(numbers, fc.integer({ min: 1, max: 4 }), (values, width) => {
    const rows = Math.ceil(values.length / width);
    const data = Float64Array.from({ length: rows * width }, (_, i) => values[i % values.length]);
    const matrix = { rows, width, data }, all = [{ start: 0, length: rows }];
    const ranges = rangesOf(matrix, all, false);
    scaledRows(matrix, all, ranges).data.forEach((x, i) => {
      assertEquals(x >= -1 && x <= 1, true);
      if (data[i] === ranges.min[i % width]) assertEquals(x, -1);
    });
  }));
});

Deno.test("rangesOf() contains 0 when asked to", () => {
  const matrix = { rows: 2, width: 2, data: Float64Array.of(3, -2, 5, -1) };
  const all = [{ start: 0, length: 2 }];
  assertEquals(rangesOf(matrix, all, false), {
    min: Float64Array.of(3, -2),
    max: Float64Array.of(5, -1),
  });
  assertEquals(rangesOf(matrix, all, true), {
    min: Float64Array.of(0, -2),
    max: Float64Array.of(5, 0),
  });
});

Deno.test("scaledRows() keeps the rows of its spans in order", () => {
  const matrix = { rows: 4, width: 1, data: Float32Array.of(0, 1, 2, 3) };
  const ranges = { min: Float32Array.of(1), max: Float32Array.of(3) };
  const spans = [{ start: 3, length: 1 }, { start: 0, length: 2 }];
  const rounded = Array.from(scaledRows(matrix, spans, ranges).data, (x) => Math.round(1000 * x));
  assertEquals(rounded, [1000, -2000, -1000]);
});

Deno.test("spreadOf() interpolates quantiles linearly", () => {
  const spread = spreadOf([4, 1, 3, 2])!;
  assertEquals([spread.min, spread.median, spread.max, spread.mean], [1, 2.5, 4, 2.5]);
  assertAlmostEquals(spread.q25, 1.75, 1e-12);
  assertEquals(spreadOf([]), null);
});
