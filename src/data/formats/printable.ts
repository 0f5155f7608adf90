/**
 * Texts from outside, such as those of a file, that may stand in messages.
 *
 * @module
 */
import { FormatError, quote } from "../../provenance/format_error.ts";
import type { Json } from "../../provenance/strict_json.ts";

/** Control and invisible formatting characters: a terminal would obey them, and a reader would not see them. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** The text in one line, with such characters as escapes; what the lines were indented by is left out. */
export const visible = (text: string): string =>
  text.replace(/\s*\n\s*/g, " ").replace(
    new RegExp(INVISIBLE, "gu"),
    (found) => found === "\t" ? found : `\\u{${found.codePointAt(0)!.toString(16)}}`,
  );

/** A value of a JSON text, shortened, as it may stand in a message. */
export function shown(value: Json | undefined): string {
  if (value === undefined) return "missing";
  if (typeof value === "string") return quote(value);
  const text = JSON.stringify(value);
  return visible(text.length > 80 ? `${text.slice(0, 77)}...` : text);
}

/**
 * Requires that a text, such as a name, holds no character that acts on a terminal.
 *
 * @throws {FormatError} with the character's code
 */
export function requirePrintable(text: string, file: string, place: string): void {
  const found = INVISIBLE.exec(text);
  if (found === null) return;
  const code = found[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  const near = quote(text.slice(Math.max(0, found.index - 20), found.index + 20));
  throw new FormatError(file, place, `holds the control character U+${code} in ${near}`);
}

/**
 * The same of a JSON text, which may have tabs and several lines. What is no JSON is quoted in the parser's message.
 *
 * @throws {FormatError} with the character's code
 */
export const requirePrintableJson = (text: string, file: string, place: string): void =>
  requirePrintable(text.replace(/[\t\n\r]/g, " "), file, place);
