/**
 * The JSON texts that describe data sets, which are short.
 *
 * @module
 */
import { FormatError } from "../../provenance/format_error.ts";
import { decodeUtf8, type Json, parseJson } from "../../provenance/strict_json.ts";
import { requirePrintableJson } from "../formats/printable.ts";

/** Longest text, in bytes or characters. */
export const MAX_LENGTH = 2 ** 20;

/**
 * The value of a JSON text of at most a mebibyte.
 *
 * @throws {FormatError} naming the file and the reason
 */
export function parseShortJson(source: Uint8Array | string, file: string): Json {
  if (source.length > MAX_LENGTH) {
    throw new FormatError(
      file,
      "",
      `${source.length} characters of JSON, the limit is ${MAX_LENGTH}`,
    );
  }
  const text = typeof source === "string" ? source : decodeUtf8(source, file);
  requirePrintableJson(text, file, "");
  return parseJson(text, file);
}
