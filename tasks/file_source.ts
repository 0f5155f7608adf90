/**
 * Files as sources of bytes.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { basename } from "@std/path";
import type { ByteSource } from "../src/data/formats/byte_source.ts";
import { reason } from "./io.ts";

/** An open file; closing it ends its use as a source. */
export interface FileSource extends ByteSource, Disposable {}

/** Opens a file for reading at any place. */
export function openSource(path: string): FileSource {
  let file: Deno.FsFile | undefined;
  try {
    // Looked at before it is opened: opening a pipe waits for a writer.
    if (Deno.statSync(path).isFile) file = Deno.openSync(path, { read: true });
  } catch (error) {
    throw new Error(`Cannot read ${path}: ${reason(error)}`, { cause: error });
  }
  if (file === undefined) throw new Error(`Cannot read ${path}: it is no file`);
  const { size } = file.statSync();
  const readInto = (begin: number, out: Uint8Array) => {
    file.seekSync(begin, Deno.SeekMode.Start);
    for (let at = 0; at < out.length;) {
      const count = file.readSync(out.subarray(at));
      if (count === null) throw new Error(`Cannot read ${path}: it became shorter`);
      at += count;
    }
  };
  return {
    name: basename(path),
    size,
    readInto,
    read: (begin, end) => {
      const bytes = new Uint8Array(end - begin);
      readInto(begin, bytes);
      return bytes;
    },
    [Symbol.dispose]: () => file.close(),
  };
}

/** Bytes hashed at once. */
const BLOCK = 4 * 2 ** 20;

/** The SHA-256 of a source, read block by block. */
export function digestSource(source: ByteSource): string {
  const hash = createHash("sha256"), block = new Uint8Array(Math.min(BLOCK, source.size));
  for (let at = 0; at < source.size; at += BLOCK) {
    const part = block.subarray(0, Math.min(BLOCK, source.size - at));
    source.readInto(at, part);
    hash.update(part);
  }
  return hash.digest("hex");
}
