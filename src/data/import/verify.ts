/**
 * Reading what an import does not use, so that a file with damaged columns is refused even where they are not needed.
 * Groups within a group are not read.
 *
 * @module
 */
import type { Hdf5File } from "../formats/hdf5.ts";
import { requireRows } from "./matrix.ts";

/**
 * Reads every data set of a group but those named, without keeping it, and checks its number of rows.
 *
 * @throws {FormatError} naming the data set and the reason
 */
export function verifyColumns(
  file: Hdf5File,
  group: string,
  rows: number,
  except: readonly string[] = [],
): void {
  for (const name of file.namesIn(group)) {
    const path = group === "" ? name : `${group}/${name}`;
    if (except.includes(name) || file.kindOf(path) !== "dataset") continue;
    requireRows(file.verify(path)[0] ?? 1, rows, file.name, path);
  }
}
