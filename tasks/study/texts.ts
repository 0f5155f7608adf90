/**
 * Texts of values, and their digests.
 *
 * @module
 */
import { canonicalJson } from "../../src/provenance/canonical_json.ts";
import { sha256 } from "../../src/provenance/digest.ts";
import type { Json } from "../../src/provenance/strict_json.ts";

/** SHA-256 of texts by name. */
export const digestsOfTexts = (
  texts: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, sha256(text)]));

/** One value per line. */
export const lines = (values: readonly Json[]): string =>
  values.map((value) => `${canonicalJson(value)}\n`).join("");

/** Readable, and the same text for equal values. */
export const pretty = (value: unknown): string =>
  `${JSON.stringify(JSON.parse(canonicalJson(value as Json)), null, 2)}\n`;
