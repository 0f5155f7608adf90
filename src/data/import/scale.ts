/**
 * Ranges of columns and the reference's normalisation, in the precision of the data.
 *
 * @see irom-lab/dppo `script/dataset/get_d4rl_dataset.py`, `process_robomimic_dataset.py`
 * @module
 */
import { FormatError } from "../../provenance/format_error.ts";
import type { Floating, Matrix, Span } from "./matrix.ts";

/** Least and greatest value of each column. */
export interface Ranges {
  readonly min: Floating;
  readonly max: Floating;
}

/**
 * The ranges of the rows in some spans; with `zero` they always contain 0 (quirk Q33).
 */
export function rangesOf({ width, data }: Matrix, spans: readonly Span[], zero: boolean): Ranges {
  const Type = data.constructor as new (n: number) => Floating;
  const min = new Type(width).fill(zero ? 0 : Infinity);
  const max = new Type(width).fill(zero ? 0 : -Infinity);
  for (const { start, length } of spans) {
    for (let i = start * width; i < (start + length) * width; i++) {
      const column = i % width;
      if (data[i] < min[column]) min[column] = data[i];
      if (data[i] > max[column]) max[column] = data[i];
    }
  }
  return { min, max };
}

/**
 * Requires that columns can be scaled without overflow in their precision.
 *
 * @throws {FormatError} naming the column
 */
export function requireExtents({ min, max }: Ranges, file: string, place: string): void {
  const bad = min.map((low, i) => 2 * (max[i] - low)).findIndex((doubled) => !isFinite(doubled));
  if (bad < 0) return;
  throw new FormatError(
    file,
    place,
    `column ${bad} ranges from ${min[bad]} to ${max[bad]}, too wide to normalise`,
  );
}

/**
 * The rows in some spans, one after another, under x ↦ 2 (x − min) / (max − min + 1e−6) − 1 for each column. Every
 * operation rounds to the precision of the data, as NumPy's do, so that float32 results have the reference's bits.
 */
export function scaledRows(
  { width, data }: Matrix,
  spans: readonly Span[],
  { min, max }: Ranges,
): Matrix {
  const round = data instanceof Float32Array ? Math.fround : (x: number) => x;
  const extent = min.map((low, column) => round(round(max[column] - low) + round(1e-6)));
  const rows = spans.reduce((n, span) => n + span.length, 0);
  const out = new (data.constructor as new (n: number) => Floating)(rows * width);
  let at = 0;
  for (const { start, length } of spans) {
    for (let i = start * width; i < (start + length) * width; i++) {
      const column = i % width;
      out[at++] = round(round(2 * round(data[i] - min[column])) / extent[column]) - 1;
    }
  }
  return { rows, width, data: out };
}
