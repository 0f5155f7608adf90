/**
 * Files: how tasks read them whole and write them. Sources too large for that are read part by part by
 * `file_source.ts`, downloads written by `fetch/`.
 *
 * A file is written beside its destination, flushed to disk and then renamed, so that a reader sees the old
 * content or the new one and never a part.
 *
 * @module
 */
import { basename, dirname, join } from "@std/path";
import { parseJson } from "../src/provenance/strict_json.ts";

/** The whole content of a file. */
export function readBytes(path: string): Uint8Array<ArrayBuffer> {
  try {
    // Looked at before it is opened: opening a pipe waits for a writer, and a device may never end.
    if (!Deno.statSync(path).isFile) throw new Error("it is no file");
    return Deno.readFileSync(path);
  } catch (error) {
    throw new Error(`Cannot read ${path}: ${reason(error)}`, { cause: error });
  }
}

/** The whole content of a UTF-8 file. */
export const readText = (path: string): string => new TextDecoder().decode(readBytes(path));

/** The value of a JSON file, read strictly. */
export const readJson = (path: string): unknown => parseJson(readBytes(path), path);

/** Whether a file or folder is there. */
export function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (isAbsence(error)) return false;
    throw new Error(`Cannot look for ${path}: ${reason(error)}`, { cause: error });
  }
}

/**
 * Locks a file, which is made where it is absent, until it is disposed of or the process ends, however it ends.
 *
 * @returns undefined where it is locked already, by this process or another
 */
export const lock = (path: string): Disposable | undefined =>
  lockWith(path, (file) => file.tryLockSync(true));

function lockWith(path: string, take: (file: Deno.FsFile) => boolean): Disposable | undefined {
  try {
    Deno.mkdirSync(dirname(path), { recursive: true });
    const file = Deno.openSync(path, { write: true, create: true });
    if (take(file)) return file;
    file.close();
  } catch (error) {
    throw new Error(`Cannot lock ${path}: ${reason(error)}`, { cause: error });
  }
}

/** Does something while a file is locked, waiting for whoever has it. */
export function locked<T>(path: string, body: () => T): T {
  using _lock = lockWith(path, (file) => (file.lockSync(true), true));
  return body();
}

/** Makes a folder that must not be there yet, and those above it. */
export function makeFolder(path: string): void {
  try {
    Deno.mkdirSync(dirname(path), { recursive: true });
    Deno.mkdirSync(path);
  } catch (error) {
    throw new Error(`Cannot make ${path}: ${reason(error)}`, { cause: error });
  }
}

/** What file managers leave in folders that a person looks at. */
const OF_FILE_MANAGERS = [".DS_Store", "Thumbs.db", "desktop.ini"];

/** Sorted names in a folder, file managers' own left out; none where the folder is absent. */
export function list(folder: string): readonly string[] {
  try {
    return Array.from(Deno.readDirSync(folder), (entry) => entry.name)
      .filter((name) => !OF_FILE_MANAGERS.includes(name)).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw new Error(`Cannot list ${folder}: ${reason(error)}`, { cause: error });
  }
}

/** Sorted paths, relative to `folder`, of all files below it. */
export function listTree(folder: string, below = ""): readonly string[] {
  return list(join(folder, below)).flatMap((name) => {
    const path = join(below, name);
    return isFolder(join(folder, path)) ? listTree(folder, path) : [path];
  });
}

/** Whether what is at a path, which must exist, is a folder. */
export function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch (error) {
    throw new Error(`Cannot look for ${path}: ${reason(error)}`, { cause: error });
  }
}

/** What a file may be written from: a text, bytes, or parts that are put one after another. */
export type Content = string | Uint8Array | readonly Uint8Array[];

/** Puts a file in place with the given content; its folders are made. `staging` as in {@link writeTogether}. */
export const write = (path: string, content: Content, staging?: string): void =>
  writeTogether(dirname(path), { [basename(path)]: content }, staging);

/**
 * Puts several files of a folder in place, none before all of them are on disk.
 *
 * @param staging the folder on the same file system where they are written first, this one by default
 */
export function writeTogether(
  folder: string,
  files: Readonly<Record<string, Content>>,
  staging = folder,
): void {
  const places = Object.entries(files).map(([name, content]) => {
    // Processes that write one file at a time have each a part of their own.
    const partial = join(staging, `${name}.${Deno.pid}.partial`);
    return { path: join(folder, name), partial, content };
  });
  const written: string[] = [];
  let current = folder;
  try {
    if (!exists(folder)) Deno.mkdirSync(folder, { recursive: true });
    for (const { path, partial, content } of places) {
      current = path;
      if (exists(path) && isFolder(path)) throw new Error("it is a folder");
      written.push(partial);
      writeAll(partial, content);
    }
    for (const { path, partial } of places) {
      current = path;
      Deno.renameSync(partial, path);
    }
  } catch (error) {
    written.filter(exists).forEach(remove);
    throw new Error(`Cannot write ${current}: ${reason(error)}`, { cause: error });
  }
}

/**
 * Puts a file or a folder in another place. What is there is replaced; where that fails, it stays.
 *
 * @throws {Error} when it cannot be moved
 */
export function move(from: string, to: string): void {
  const old = `${to}.${Deno.pid}.old`;
  try {
    if (!exists(to)) return Deno.renameSync(from, to);
    if (exists(old)) throw new Error(`${old} is in the way`);
    Deno.renameSync(to, old);
    try {
      Deno.renameSync(from, to);
    } catch (error) {
      Deno.renameSync(old, to);
      throw error;
    }
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
    if (!isAbsence(error)) {
      throw new Error(`Cannot remove ${path}: ${reason(error)}`, { cause: error });
    }
  }
}

function writeAll(path: string, content: Content): void {
  using file = Deno.openSync(path, { write: true, create: true, truncate: true });
  for (const bytes of partsOf(content)) {
    for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
  }
  file.syncSync();
}

function partsOf(content: Content): readonly Uint8Array[] {
  if (typeof content === "string") return [new TextEncoder().encode(content)];
  return content instanceof Uint8Array ? [content] : content;
}

/** There is nothing at a path, or a file where it has a folder. */
const isAbsence = (error: unknown): boolean =>
  error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;

/** What went wrong, without the path and system call that Deno adds. */
export function reason(error: unknown): string {
  // Deno's own words name a flag that a task has no place for.
  if (error instanceof Deno.errors.NotCapable) return "it must lie below the project's folder";
  return error instanceof Error ? error.message.replace(/: \w+ '.*$/, "") : String(error);
}
