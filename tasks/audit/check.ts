/**
 * Checks of many items, each of which may fail in its own words.
 *
 * @module
 */
import type { Check } from "../../src/report/audit.ts";

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

/** What is wrong, or the message of what is thrown. */
export function faultsIn(body: () => readonly string[]): readonly string[] {
  try {
    return body();
  } catch (error) {
    if (error instanceof Error) return [error.message];
    throw error;
  }
}
