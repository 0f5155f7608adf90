/**
 * Attributes that describe a data set.
 *
 * @module
 */
import { FormatError } from "../../provenance/format_error.ts";
import type { Hdf5File } from "../formats/hdf5.ts";

/**
 * A number, or undefined when absent. An integer beyond 2^53 is rounded: no count that is allowed is so large.
 *
 * @throws {FormatError} when it is something else
 */
export function numberAttribute(file: Hdf5File, path: string, name: string): number | undefined {
  const value = file.attribute(path, name);
  if (value === undefined) return undefined;
  if (typeof value === "string" || value.data.length !== 1) {
    throw new FormatError(file.name, path, `attribute ${name} is not one number`);
  }
  return Number(value.data[0]);
}

/**
 * A text.
 *
 * @throws {FormatError} when it is absent or something else
 */
export function textAttribute(file: Hdf5File, path: string, name: string): string {
  const value = file.attribute(path, name);
  if (typeof value !== "string") {
    throw new FormatError(
      file.name,
      path,
      `attribute ${name} is ${value === undefined ? "missing" : "no text"}`,
    );
  }
  return value;
}
