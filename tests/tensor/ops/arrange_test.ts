import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { normal } from "../../../src/rng/draw.ts";
import { foldIn, key } from "../../../src/rng/key.ts";
import type { tf } from "../../../src/tensor/backend.ts";
import { evaluate, valueAndGrad } from "../../../src/tensor/engine.ts";
import { joinColumns } from "../../../src/tensor/ops/join_columns.ts";
import { repeatRows, tileRows } from "../../../src/tensor/ops/rows.ts";
import { fold, unfold, windowCount } from "../../../src/tensor/ops/unfold.ts";
import { paramsOf } from "../../../src/tensor/params.ts";
import { type Tensor, tensor } from "../../../src/tensor/tensor.ts";

const small = fc.integer({ min: 1, max: 5 });

/** f of arrays, all of them leaves, and the gradient of Σ f · cotangent. */
function withGradient(
  arrays: readonly Tensor[],
  cotangent: Tensor,
  f: (...nodes: tf.Tensor[]) => tf.Tensor,
) {
  const leaves = Object.fromEntries(arrays.map((array, i) => [`x${i}`, array]));
  const { aux, grads } = valueAndGrad(
    paramsOf(leaves),
    {},
    { cotangent },
    (nodes, _, { cotangent }) => {
      const y = f(...arrays.map((_, i) => nodes[`x${i}`]));
      return { loss: y.mul(cotangent).sum(), aux: { y } };
    },
  );
  return { y: aux.y, grad: [...grads.data] };
}

Deno.test("tileRows() and repeatRows() copy rows, and their gradients add the copies up", () => {
  fc.assert(fc.property(small, small, small, (n, d, times) => {
    const x = normal(key(n), [n, d]), cotangent = normal(key(9), [n * times, d]);
    const row = (array: Tensor, r: number) => [...array.data.slice(r * d, (r + 1) * d)];
    for (
      const [copy, source] of [
        [tileRows, (r: number) => r % n],
        [repeatRows, (r: number) => Math.floor(r / times)],
      ] as const
    ) {
      const { y, grad } = withGradient([x], cotangent, (x) => copy(x, times));
      const expected = new Array(n * d).fill(0);
      for (let r = 0; r < n * times; r++) {
        assertEquals(row(y, r), row(x, source(r)));
        row(cotangent, r).forEach((g, c) => expected[source(r) * d + c] += g);
      }
      grad.forEach((g, i) => assertAlmostEquals(g, expected[i], 1e-5));
    }
  }));
});

Deno.test("joinColumns() puts matrices side by side, and its gradient takes them apart", () => {
  const widths = fc.array(small, { minLength: 1, maxLength: 4 });
  fc.assert(fc.property(small, widths, (rows, widths) => {
    const parts = widths.map((d, i) => normal(foldIn(key(1), i), [rows, d]));
    const total = widths.reduce((a, b) => a + b), cotangent = normal(key(2), [rows, total]);
    const { y, grad } = withGradient(parts, cotangent, (...nodes) => joinColumns(...nodes));
    assertEquals(y.shape, [rows, total]);
    let first = 0, at = 0;
    widths.forEach((d, i) => {
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < d; c++) {
          assertEquals(y.data[r * total + first + c], parts[i].data[r * d + c]);
          assertEquals(grad[at++], cotangent.data[r * total + first + c]);
        }
      }
      first += d;
    });
  }));
});

Deno.test("joinColumns() refuses matrices of different height", () => {
  const inputs = { a: tensor([2, 1], [1, 2]), b: tensor([1, 1], [3]) };
  assertThrows(
    () => evaluate({}, inputs, (_, { a, b }) => ({ y: joinColumns(a, b) })),
    RangeError,
    "as many rows, found [2,1], [1,1]",
  );
});

const windows = fc.record({
  kernel: small,
  stride: fc.integer({ min: 1, max: 3 }),
  padding: fc.integer({ min: 0, max: 2 }),
});

Deno.test("unfold() reads windows with zeros around the sequence", () => {
  fc.assert(fc.property(windows, small, small, small, (windows, batch, extra, channels) => {
    const { kernel, stride, padding } = windows, length = kernel + extra;
    const x = normal(key(3), [batch, length, channels]), count = windowCount(length, windows);
    const { y } = evaluate({}, { x }, (_, { x }) => ({ y: unfold(x, windows) }));
    assertEquals(y.shape, [batch, count, channels * kernel]);
    y.data.forEach((value, i) => {
      const tap = i % kernel, c = Math.floor(i / kernel) % channels;
      const o = Math.floor(i / (kernel * channels)) % count;
      const b = Math.floor(i / (kernel * channels * count)), place = o * stride + tap - padding;
      const inside = place >= 0 && place < length;
      assertEquals(value, inside ? x.data[(b * length + place) * channels + c] : 0);
    });
  }));
});

Deno.test("fold() is the adjoint of unfold(), and each is the other's gradient", () => {
  fc.assert(fc.property(windows, small, small, small, (windows, batch, extra, channels) => {
    const length = windows.kernel + extra, count = windowCount(length, windows);
    const x = normal(key(4), [batch, length, channels]);
    const y = normal(key(5), [batch, count, channels * windows.kernel]);
    const forward = withGradient([x], y, (x) => unfold(x, windows));
    const backward = withGradient([y], x, (y) => fold(y, length, windows));
    assertEquals(forward.grad, [...backward.y.data]);
    assertEquals(backward.grad, [...forward.y.data]);
  }));
});
