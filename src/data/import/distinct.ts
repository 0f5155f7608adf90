/**
 * Episodes that are no other episode under a second name.
 *
 * @module
 */
import { FormatError } from "../../provenance/format_error.ts";
import type { Hdf5File } from "../formats/hdf5.ts";

/**
 * Requires that no two groups are links to the same one: its episode would count twice, and a small file could
 * claim any number of them.
 *
 * @throws {FormatError} naming both
 */
export function requireDistinct(file: Hdf5File, groups: readonly string[]): void {
  const seen = new Map<bigint, string>();
  for (const group of groups) {
    const address = file.addressOf(group), other = seen.get(address);
    if (other !== undefined) throw new FormatError(file.name, group, `is a link to ${other}`);
    seen.set(address, group);
  }
}
