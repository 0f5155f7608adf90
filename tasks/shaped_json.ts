/**
 * JSON files of which the shape is known.
 *
 * @module
 */
import type { z } from "zod";
import { FormatError } from "../src/provenance/format_error.ts";
import { parseJson } from "../src/provenance/strict_json.ts";
import { readBytes, readText } from "./io.ts";

/**
 * The value of a JSON file.
 *
 * @throws {FormatError} when it is not JSON of this shape, naming the file and the place
 */
export const readShaped = <T>(path: string, shape: z.ZodType<T>): T =>
  parseShaped(readBytes(path), path, shape);

/** The value of a JSON file's bytes, as {@link readShaped}. */
export const parseShaped = <T>(bytes: Uint8Array, path: string, shape: z.ZodType<T>): T =>
  shaped(parseJson(bytes, path), path, shape);

/**
 * The values of a file that holds one per line.
 *
 * @throws {FormatError} when a line is not JSON of this shape, naming the file and the line
 */
export const readShapedLines = <T>(path: string, shape: z.ZodType<T>): T[] =>
  readText(path).split("\n").filter((line) => line !== "").map((line, i) => {
    const name = `${path}, line ${i + 1}`;
    return shaped(lineValue(line, name), name, shape);
  });

/** Metrics may lie beyond 2^53, written without a fraction, which {@link parseJson} refuses. */
function lineValue(line: string, file: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new FormatError(file, "", `not JSON: ${(error as Error).message}`);
  }
}

function shaped<T>(value: unknown, file: string, shape: z.ZodType<T>): T {
  const { data, error } = shape.safeParse(value);
  if (error === undefined) return data as T;
  const [{ path, message }] = error.issues;
  throw new FormatError(file, path.join("."), message);
}
