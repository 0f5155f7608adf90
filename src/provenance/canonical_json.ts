/**
 * One text per value: JSON with sorted keys and without spaces, so that equal values have equal digests.
 *
 * @see RFC 8785, JSON Canonicalization Scheme
 * @module
 */
import type { Json } from "./strict_json.ts";

/**
 * The canonical text of a value. Keys are sorted by their UTF-16 code units, numbers are written as ECMAScript
 * does.
 *
 * @throws {TypeError} when a part of it is no JSON value; the message says where
 */
export const canonicalJson = (value: Json): string => textOf(value, "$");

function textOf(value: unknown, place: string): string {
  if (Array.isArray(value)) {
    return `[${value.map((item, i) => textOf(item, `${place}[${i}]`)).join(",")}]`;
  }
  if (isRecord(value)) {
    const members = Object.keys(value).sort().map((key) =>
      `${JSON.stringify(key)}:${textOf(value[key], `${place}.${key}`)}`
    );
    return `{${members.join(",")}}`;
  }
  const isAtom = value === null || typeof value === "boolean" || Number.isFinite(value) ||
    typeof value === "string" && value.isWellFormed();
  if (!isAtom) {
    throw new TypeError(`Cannot write canonical JSON: found ${String(value)} at ${place}`);
  }
  return JSON.stringify(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null &&
    Object.getPrototypeOf(value) === Object.prototype;
}
