/**
 * Floating-point columns of a source file, in the precision they were recorded in.
 *
 * @module
 */
import { FormatError } from "../../provenance/format_error.ts";
import type { StoredTensor } from "../../provenance/stored_tensor.ts";

/** Numbers in float32 or float64. */
export type Floating = Float32Array | Float64Array;

/** [rows, width], row-major. */
export interface Matrix {
  readonly rows: number;
  readonly width: number;
  readonly data: Floating;
}

/** Consecutive rows. */
export interface Span {
  readonly start: number;
  readonly length: number;
}

/** What an array of a file must look like; an absent number may be anything. */
export interface Expected {
  readonly rows?: number;
  readonly width: number;
}

/**
 * A [rows, width] array of finite floats.
 *
 * @throws {FormatError} naming the place, and for a number that is not finite its row and column
 */
export function matrixOf(t: StoredTensor, expected: Expected, file: string, place: string): Matrix {
  const fail = (reason: string) => new FormatError(file, place, reason);
  if (t.shape.length !== 2) throw fail(`shape [${t.shape}], need [rows, ${expected.width}]`);
  const [rows, width] = t.shape;
  if (width !== expected.width) throw fail(`has ${width} columns, need ${expected.width}`);
  requireRows(rows, expected.rows, file, place);
  return { rows, width, data: finite(t, width, file, place) };
}

/**
 * A [rows] array of finite floats; [rows, 1] will do.
 *
 * @throws {FormatError} naming the place and row
 */
export function columnOf(
  t: StoredTensor,
  rows: number | undefined,
  file: string,
  place: string,
): Floating {
  requireColumn(t, file, place);
  requireRows(t.shape[0], rows, file, place);
  return finite(t, 1, file, place);
}

/**
 * A [rows] array of flags.
 *
 * @throws {FormatError} when a value is neither 0 nor 1
 */
export function flagsOf(t: StoredTensor, rows: number, file: string, place: string): Uint8Array {
  requireColumn(t, file, place);
  requireRows(t.shape[0], rows, file, place);
  const flags = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    flags[row] = Number(t.data[row]);
    if (flags[row] > 1 || flags[row] !== Number(t.data[row])) {
      throw new FormatError(file, place, `row ${row} is ${t.data[row]}, need 0 or 1`);
    }
  }
  return flags;
}

function requireColumn({ shape }: StoredTensor, file: string, place: string): void {
  if (shape.length === 1 || (shape.length === 2 && shape[1] === 1)) return;
  throw new FormatError(file, place, `shape [${shape}], need [rows]`);
}

/** Requires a number of rows. */
export function requireRows(
  found: number,
  expected: number | undefined,
  file: string,
  place: string,
): void {
  if (expected !== undefined && found !== expected) {
    throw new FormatError(file, place, `has ${found} rows, need ${expected}`);
  }
}

function finite({ dtype, data }: StoredTensor, width: number, file: string, place: string) {
  if (!(data instanceof Float32Array || data instanceof Float64Array)) {
    throw new FormatError(file, place, `dtype ${dtype}, need F32 or F64`);
  }
  for (let i = 0; i < data.length; i++) {
    if (Number.isFinite(data[i])) continue;
    const row = Math.floor(i / width), where = width === 1 ? "" : `, column ${i % width}`;
    throw new FormatError(file, place, `row ${row}${where} is ${data[i]}`);
  }
  return data;
}

/** Σ x over [start, start + length). */
export function sumOf(data: Floating, start: number, length: number): number {
  let sum = 0;
  for (let i = start; i < start + length; i++) sum += data[i];
  return sum;
}

/** The elements of some spans of a column, one after another. */
export function gatherSpans<A extends Floating | Uint8Array>(data: A, spans: readonly Span[]): A {
  const out = new (data.constructor as new (n: number) => A)(
    spans.reduce((n, span) => n + span.length, 0),
  );
  let at = 0;
  for (const { start, length } of spans) {
    out.set(data.subarray(start, start + length), at);
    at += length;
  }
  return out;
}
