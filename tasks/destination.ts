/**
 * Checks of where a task is to write, made before it works.
 *
 * @module
 */
import { dirname } from "@std/path";
import { exists, isFolder, list } from "./io.ts";

/** @throws {Error} when something is there that nobody asked to replace */
export function requireFree(path: string, overwrite: boolean): void {
  if (exists(path) && !overwrite) {
    throw new Error(`Cannot write ${path}: it exists, choose another --out or add --overwrite`);
  }
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
  requireFree(out, overwrite);
  if (!exists(out)) return;
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
