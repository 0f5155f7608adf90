/**
 * Files as sources of bytes.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { basename } from "@std/path";
import type { ByteSource } from "../src/data/formats/byte_source.ts";

/** An open file; closing it ends its use as a source. */
export interface FileSource extends ByteSource, Disposable {}

/** Opens a file for reading at any place. */
export function openSource(path: string): FileSource {
  let file: Deno.FsFile;
  try {
    file = Deno.openSync(path, { read: true });
  } catch (error) {
    throw new Error(`Cannot read ${path}: ${(error as Error).message}`, { cause: error });
  }
  const { size, isFile } = file.statSync();
  if (!isFile) {
    file.close();
    throw new Error(`Cannot read ${path}: it is no file`);
  }
  return {
    name: basename(path),
    size,
    read: (begin, end) => {
      const bytes = new Uint8Array(end - begin);
      file.seekSync(begin, Deno.SeekMode.Start);
      for (let at = 0; at < bytes.length;) {
        const count = file.readSync(bytes.subarray(at));
        if (count === null) throw new Error(`Cannot read ${path}: it became shorter`);
        at += count;
      }
      return bytes;
    },
    [Symbol.dispose]: () => file.close(),
  };
}

/** Bytes hashed at once. */
const BLOCK = 4 * 2 ** 20;

/** The SHA-256 of a source, read block by block. */
export function digestSource(source: ByteSource): string {
  const hash = createHash("sha256");
  for (let at = 0; at < source.size; at += BLOCK) {
    hash.update(source.read(at, Math.min(source.size, at + BLOCK)));
  }
  return hash.digest("hex");
}
