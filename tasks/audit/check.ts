/**
 * Checks of many items, each of which may fail in its own words.
 *
 * @module
 */
import { join } from "@std/path";
import { visible } from "../../src/data/formats/printable.ts";
import { sha256 } from "../../src/provenance/digest.ts";
import type { Check } from "../../src/report/audit.ts";
import { exists, readBytes } from "../io.ts";

/** Checks every item; `faultsOf` returns what is wrong with one, and what it throws is wrong too. */
export function checkEach<T>(
  name: string,
  claim: string,
  items: readonly T[],
  faultsOf: (item: T) => readonly string[],
): Check {
  const results = items.map((item) => faultsIn(() => faultsOf(item)));
  const passed = results.filter((faults) => faults.length === 0).length;
  return { name, claim, passed, total: items.length, faults: results.flat() };
}

/** What is wrong, or the message of what is thrown, a line each: files that are audited may be another's. */
export function faultsIn(body: () => readonly string[]): readonly string[] {
  try {
    return body().map(visible);
  } catch (error) {
    if (error instanceof Error) return [visible(error.message)];
    throw error;
  }
}

/**
 * What is wrong with a file below `root` of which a list gives the digest.
 *
 * @param expected SHA-256; undefined where the list lacks the file
 */
export function digestFaults(
  root: string,
  name: string,
  expected: string | undefined,
  list: string,
): string[] {
  const path = join(root, name);
  if (expected === undefined) return [`${name} is not in ${list}`];
  if (!exists(path)) return [`${name} is missing`];
  const found = sha256(readBytes(path));
  return found === expected ? [] : [`${name} must be ${expected}, found ${found}`];
}
