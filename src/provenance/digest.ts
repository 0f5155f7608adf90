/**
 * SHA-256 digests of bytes, texts and arrays.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { canonicalJson } from "./canonical_json.ts";
import type { Json } from "./strict_json.ts";

/** The SHA-256 of bytes or of a text in UTF-8, in lower-case hexadecimal. */
export const sha256 = (content: Uint8Array | string): string =>
  createHash("sha256").update(content).digest("hex");

/** The digest of a value's canonical JSON. */
export const digestOf = (value: Json): string => sha256(canonicalJson(value));
