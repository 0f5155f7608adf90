/**
 * Checks of where a task is to write, made before it works.
 *
 * @module
 */
import { dirname, join } from "@std/path";
import { exists, isFolder, list, remove, write } from "./io.ts";

/**
 * Checks that files can be put at paths.
 *
 * @param sources files that are read, which are never replaced
 * @param overwrite whether others are
 * @throws {Error} when something is there that must stay
 */
export function requireFilePlaces(
  paths: readonly string[],
  sources: readonly string[],
  overwrite: boolean,
): void {
  for (const path of paths) {
    requireFolderPlace(dirname(path));
    if (!exists(path)) continue;
    if (isFolder(path)) throw new Error(`Cannot write ${path}: it is a folder`);
    requireOther(path, sources);
    requireFree(path, overwrite);
  }
}

function requireOther(path: string, sources: readonly string[]): void {
  const found = Deno.realPathSync(path);
  const source = sources.find((source) => exists(source) && Deno.realPathSync(source) === found);
  if (source === undefined) return;
  throw new Error(`Cannot write ${path}: it is ${source}, which is read, choose another --out`);
}

function requireFree(path: string, overwrite: boolean): void {
  if (overwrite) return;
  throw new Error(`Cannot write ${path}: it exists, choose another --out or add --overwrite`);
}

/**
 * Checks that a folder is at a path or can be made there.
 *
 * @throws {Error} when a file is there or above it
 */
export function requireFolderPlace(path: string): void {
  for (let at = path;; at = dirname(at)) {
    if (exists(at) && isFolder(at)) return;
    if (exists(at)) throw new Error(`Cannot write to ${path}: ${at} is no folder`);
  }
}

/**
 * Checks that files can be put into a folder, by putting one there for a moment. The folder is made where it is absent.
 * Work that takes long does so before it begins.
 *
 * @throws {Error} when nothing can be written there
 */
export function requireWritable(folder: string): void {
  const path = join(folder, ".adpo-check");
  write(path, "");
  remove(path);
}

/**
 * Checks that a folder may be put at a path, with all that is there replaced where that is asked for. Only a folder
 * that holds nothing but files of the given names is ever replaced, and none that work goes on in or that is read.
 *
 * @throws {Error} when something else is there
 */
export function requireReplaceable(
  out: string,
  { overwrite, names, sources }: {
    readonly overwrite: boolean;
    /** What such a folder holds. */
    readonly names: readonly string[];
    /** Files that are read. */
    readonly sources: readonly string[];
  },
): void {
  if (!exists(out)) return requireFolderPlace(dirname(out));
  requireFree(out, overwrite);
  const refuse = (why: string) => new Error(`Cannot write ${out}: ${why}, choose another --out`);
  if (!isFolder(out)) throw refuse("it is no folder");
  if (isWithin(Deno.cwd(), out)) throw refuse("the task runs in it");
  const source = sources.find((path) => isWithin(path, out));
  if (source !== undefined) throw refuse(`it holds ${source}, which is read`);
  const other = list(out).find((name) => !names.includes(name));
  if (other === undefined) return;
  throw refuse(`it holds ${JSON.stringify(other)}, and only ${names.join(", ")} are ever replaced`);
}

/** Whether a path, where there is one, leads to a folder or to something below it. */
function isWithin(path: string, folder: string): boolean {
  if (!exists(path)) return false;
  const outer = Deno.realPathSync(folder);
  for (let at = Deno.realPathSync(path);; at = dirname(at)) {
    if (at === outer) return true;
    if (at === dirname(at)) return false;
  }
}
