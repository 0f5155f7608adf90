/**
 * Arrays of episodes, one after another.
 *
 * @module
 */
import { FormatError } from "../../provenance/format_error.ts";
import type { Floating, Matrix } from "./matrix.ts";

/**
 * Matrices of equal width as one.
 *
 * @throws {FormatError} when some are float32 and some float64
 */
export function stack(parts: readonly Matrix[], width: number, file: string): Matrix {
  const data = stackColumns(parts.map((part) => part.data), file);
  return { rows: data.length / width, width, data };
}

/**
 * Columns as one.
 *
 * @throws {FormatError} when some are float32 and some float64
 */
export function stackColumns(parts: readonly Floating[], file: string): Floating {
  const Type = (parts[0]?.constructor ?? Float32Array) as new (length: number) => Floating;
  const out = new Type(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    if (!(part instanceof Type)) {
      throw new FormatError(file, "", "mixes float32 and float64 episodes");
    }
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Flags as one. */
export function stackFlags(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
