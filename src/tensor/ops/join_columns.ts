/**
 * Matrices side by side. The backend's `concat` copies row by row through views, which costs more than the rows.
 *
 * @module
 */
import { tf } from "../backend.ts";
import { heapKernel } from "./heap_kernel.ts";

const join = heapKernel<{ readonly widths: readonly number[] }>("JoinColumns", {
  shape: (parts) => {
    const shapes = Object.values(parts).map((part) => part.shape), [[rows]] = shapes;
    if (shapes.some((shape) => shape.length !== 2 || shape[0] !== rows)) {
      throw new RangeError(
        `Cannot join columns: matrices must have as many rows, found [${shapes.join("], [")}]`,
      );
    }
    return [rows, shapes.reduce((sum, shape) => sum + shape[1], 0)];
  },
  fill(out, parts) {
    const operands = Object.values(parts);
    const width = operands.reduce((sum, { shape }) => sum + shape[1], 0);
    let column = 0;
    for (const { shape: [rows, columns], data } of operands) {
      for (let r = 0; r < rows; r++) {
        const from = r * columns, to = r * width + column;
        for (let c = 0; c < columns; c++) out[to + c] = data[from + c];
      }
      column += columns;
    }
  },
});

interface Columns {
  readonly first: number;
  readonly count: number;
}

const columnsOf = heapKernel<Columns>("ColumnsOf", {
  shape: ({ x }, { count }) => [x.shape[0], count],
  fill(out, { x: { shape: [rows, width], data } }, { first, count }) {
    for (let r = 0; r < rows; r++) {
      const from = r * width + first, to = r * count;
      for (let c = 0; c < count; c++) out[to + c] = data[from + c];
    }
  },
});

tf.registerGradient({
  kernelName: "JoinColumns",
  gradFunc: (dy, _, attrs) => {
    const { widths } = attrs as unknown as { widths: readonly number[] };
    let first = 0;
    const entries = widths.map((count, i) => {
      const columns = { first, count };
      first += count;
      return [`part${i}`, () => columnsOf({ x: dy as tf.Tensor }, columns)] as const;
    });
    return Object.fromEntries(entries);
  },
});

/** [rows, d₁], [rows, d₂], … → [rows, d₁ + d₂ + …]. */
export const joinColumns = (...parts: readonly tf.Tensor[]): tf.Tensor =>
  join(Object.fromEntries(parts.map((part, i) => [`part${i}`, part])), {
    widths: parts.map((part) => part.shape[1]!),
  });
