/**
 * Finds the files of a data set that is to be imported.
 *
 * @module
 */
import { basename, dirname, join } from "@std/path";
import { quote } from "../src/provenance/format_error.ts";
import type { ImportJob } from "./data_import_worker.ts";
import { exists, isFolder, list } from "./io.ts";
import { NORMALIZATION, TRAIN } from "./pretrain_data.ts";

/** What is imported of a folder, the first that is there. */
const IN_FOLDER = ["main_data.hdf5", "data/main_data.hdf5", TRAIN];

/** The file to import, which a folder may be named for. */
function mainFile(from: string): string {
  if (!exists(from) || !isFolder(from)) return from;
  const found = IN_FOLDER.map((name) => join(from, name)).find(exists);
  if (found !== undefined) return found;
  const names = list(from), shown = names.slice(0, 8).map(quote).join(", ") || "nothing";
  const more = names.length > 8 ? ` and ${names.length - 8} more` : "";
  throw new Error(
    `Cannot read ${from}: the folder must hold one of ${
      IN_FOLDER.join(", ")
    }, found ${shown}${more}`,
  );
}

/**
 * The file to import and the files beside it that belong to it.
 *
 * @throws {Error} when a folder is named that holds nothing to import
 */
export function locate(from: string): Pick<ImportJob, "main" | "normalization" | "metadata"> {
  const main = mainFile(from);
  const beside = (name: string) => {
    const path = join(dirname(main), name);
    return exists(path) ? path : undefined;
  };
  return main.endsWith(".npz")
    ? { main, normalization: beside(NORMALIZATION) }
    : { main, metadata: basename(main) === "main_data.hdf5" ? beside("metadata.json") : undefined };
}
