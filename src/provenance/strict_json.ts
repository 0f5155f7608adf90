/**
 * JSON from untrusted files: exactly RFC 8259, UTF-8, and nothing that a reader could misunderstand.
 *
 * @module
 */
import { FormatError, quote } from "./format_error.ts";

/** A parsed JSON value. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** What {@link parseJson} may accept. */
export interface JsonOptions {
  /** Deepest nesting of arrays and objects; 64 when absent. */
  readonly maxDepth?: number;
  /** Keep a key `__proto__` as an own property instead of refusing it; only for readers that never merge. */
  readonly keepProtoKey?: boolean;
}

/**
 * The value of a JSON text. Refuses what `JSON.parse` lets through silently: invalid UTF-8 and byte-order marks,
 * a key given twice, the key `__proto__`, lone surrogates, numbers that float64 cannot hold (overflow, integers
 * beyond 2^53) and excessive nesting.
 *
 * @throws {FormatError} naming the file, the place and the reason
 */
export function parseJson(
  source: Uint8Array | string,
  file: string,
  options: JsonOptions = {},
): Json {
  const text = typeof source === "string" ? source : decodeUtf8(source, file);
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new FormatError(file, "", `not JSON: ${(error as Error).message}`);
  }
  inspect(text, file, options);
  return value;
}

/**
 * The text of UTF-8 bytes without a byte-order mark.
 *
 * @throws {FormatError} at a byte-order mark or an invalid byte
 */
export function decodeUtf8(bytes: Uint8Array, file: string, place = ""): string {
  const [a, b, c] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    throw new FormatError(file, place, "UTF-16 text with a byte-order mark, need UTF-8");
  }
  if (a === 0xef && b === 0xbb && c === 0xbf) {
    throw new FormatError(file, place, "starts with a byte-order mark, need plain UTF-8");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FormatError(file, place, "not valid UTF-8");
  }
}

// Runs of plain characters are taken whole: one alternative per character overflows on strings of a megabyte.
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|[{}[\]]/g;

/** Walks the tokens of a text that is known to be JSON. */
function inspect(text: string, file: string, options: JsonOptions): void {
  const maxDepth = options.maxDepth ?? 64;
  const open: (Set<string> | undefined)[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const token = match[0];
    if (token === "{" || token === "[") {
      open.push(token === "{" ? new Set() : undefined);
      if (open.length > maxDepth) throw new FormatError(file, "", `nested deeper than ${maxDepth}`);
    } else if (token === "}" || token === "]") open.pop();
    else if (token[0] !== '"') checkNumber(token, file);
    else {
      const string = JSON.parse(token) as string;
      if (!string.isWellFormed()) {
        throw new FormatError(file, "", `lone surrogate in ${quote(string)}`);
      }
      if (isKey(text, match.index + token.length)) checkKey(string, open.at(-1)!, file, options);
    }
  }
}

function isKey(text: string, end: number): boolean {
  while (/\s/.test(text[end] ?? "")) end++;
  return text[end] === ":";
}

function checkKey(key: string, seen: Set<string>, file: string, options: JsonOptions): void {
  if (seen.has(key)) throw new FormatError(file, quote(key), "key given twice in one object");
  if (key === "__proto__" && options.keepProtoKey !== true) {
    throw new FormatError(file, quote(key), "this key is not allowed");
  }
  seen.add(key);
}

function checkNumber(token: string, file: string): void {
  const value = Number(token);
  if (!Number.isFinite(value)) throw new FormatError(file, token, "number overflows float64");
  if (/^-?\d+$/.test(token) && !Number.isSafeInteger(value)) {
    throw new FormatError(file, token, "integer beyond 2^53 cannot be held exactly");
  }
}
