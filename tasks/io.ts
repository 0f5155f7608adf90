/**
 * Files: the one place of the project that reads and writes them.
 *
 * A file is written beside its destination, flushed to disk and then renamed, so that a reader sees the old
 * content or the new one and never a part.
 *
 * @module
 */
import { dirname, join } from "@std/path";

/** The whole content of a file. */
export function readBytes(path: string): Uint8Array<ArrayBuffer> {
  try {
    return Deno.readFileSync(path);
  } catch (error) {
    throw new Error(`Cannot read ${path}: ${reason(error)}`, { cause: error });
  }
}

/** The whole content of a UTF-8 file. */
export const readText = (path: string): string => new TextDecoder().decode(readBytes(path));

/** The value of a JSON file. */
export function readJson(path: string): unknown {
  const text = readText(path);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(`Cannot read ${path}: not JSON, ${reason(error)}`, { cause: error });
  }
}

/** Whether a file or folder is there. */
export function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    const { NotADirectory, NotFound } = Deno.errors;
    if (error instanceof NotFound || error instanceof NotADirectory) return false;
    throw new Error(`Cannot look for ${path}: ${reason(error)}`, { cause: error });
  }
}

/** Sorted names in a folder; none where the folder is absent. */
export function list(folder: string): readonly string[] {
  try {
    return Array.from(Deno.readDirSync(folder), (entry) => entry.name).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw new Error(`Cannot list ${folder}: ${reason(error)}`, { cause: error });
  }
}

/** Sorted paths, relative to `folder`, of all files below it. */
export function listTree(folder: string, below = ""): readonly string[] {
  return list(join(folder, below)).flatMap((name) => {
    const path = join(below, name);
    return Deno.statSync(join(folder, path)).isDirectory ? listTree(folder, path) : [path];
  });
}

/** Puts a file in place with the given content, in one piece or in parts; its folders are made. */
export function write(path: string, content: string | Uint8Array | readonly Uint8Array[]): void {
  const partial = `${path}.partial`;
  try {
    Deno.mkdirSync(dirname(path), { recursive: true });
    writeAll(partial, partsOf(content));
    Deno.renameSync(partial, path);
  } catch (error) {
    remove(partial);
    throw new Error(`Cannot write ${path}: ${reason(error)}`, { cause: error });
  }
}

/** Moves a file or a folder; what is at the destination is replaced. */
export function move(from: string, to: string): void {
  const old = `${to}.old`;
  try {
    if (exists(to)) {
      remove(old);
      Deno.renameSync(to, old);
    }
    Deno.renameSync(from, to);
  } catch (error) {
    throw new Error(`Cannot move ${from} to ${to}: ${reason(error)}`, { cause: error });
  }
  remove(old);
}

/** Removes a file or a folder with all it holds; nothing where it is absent. */
export function remove(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) {
      throw new Error(`Cannot remove ${path}: ${reason(error)}`, { cause: error });
    }
  }
}

function partsOf(content: string | Uint8Array | readonly Uint8Array[]): readonly Uint8Array[] {
  if (typeof content === "string") return [new TextEncoder().encode(content)];
  return content instanceof Uint8Array ? [content] : content;
}

function writeAll(path: string, parts: readonly Uint8Array[]): void {
  using file = Deno.openSync(path, { write: true, create: true, truncate: true });
  for (const bytes of parts) {
    for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
  }
  file.syncSync();
}

/** What went wrong, without the path and system call that Deno adds. */
const reason = (error: unknown): string =>
  error instanceof Error ? error.message.replace(/: \w+ '.*$/, "") : String(error);
