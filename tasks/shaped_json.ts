/**
 * JSON files of which the shape is known.
 *
 * @module
 */
import type { z } from "zod";
import { FormatError } from "../src/provenance/format_error.ts";
import { parseJson } from "../src/provenance/strict_json.ts";
import { readBytes } from "./io.ts";

/**
 * The value of a JSON file.
 *
 * @throws {FormatError} when it is not JSON of this shape, naming the file and the place
 */
export const readShaped = <T>(path: string, shape: z.ZodType<T>): T =>
  parseShaped(readBytes(path), path, shape);

/** The value of a JSON file's bytes, as {@link readShaped}. */
export function parseShaped<T>(bytes: Uint8Array, path: string, shape: z.ZodType<T>): T {
  const { data, error } = shape.safeParse(parseJson(bytes, path));
  if (error === undefined) return data as T;
  const [{ path: place, message }] = error.issues;
  throw new FormatError(path, place.join("."), message);
}
