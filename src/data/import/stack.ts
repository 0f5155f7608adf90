/**
 * Arrays of episodes, one after another.
 *
 * @module
 */
import { FormatError } from "../../provenance/format_error.ts";
import type { Floating, Matrix } from "./matrix.ts";

/**
 * Matrices of equal width, one or more, as one.
 *
 * @throws {FormatError} when some are float32 and some float64
 */
export function stack(parts: readonly Matrix[], width: number, file: string): Matrix {
  const data = stackColumns(parts.map((part) => part.data), file);
  return { rows: data.length / width, width, data };
}

/**
 * Columns, one or more, as one.
 *
 * @throws {FormatError} when some are float32 and some float64
 */
export function stackColumns<A extends Floating | Uint8Array>(
  parts: readonly A[],
  file: string,
): A {
  const Type = parts[0].constructor as new (length: number) => A;
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
