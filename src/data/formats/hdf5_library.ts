/**
 * The HDF5 C library (h5wasm) with a file mounted in its private, otherwise empty file system.
 *
 * The library sees one read-only file, fetched piece by piece from a source; no link, external storage or plug-in
 * that a file names can reach anything else.
 *
 * @module
 */
import { ready } from "h5wasm";
import { FormatError } from "../../provenance/format_error.ts";
import type { ByteSource } from "./byte_source.ts";
import { type HeapLimit, heapLimitOf } from "./heap_limit.ts";

/** The library's functions. */
type Library = Awaited<typeof ready>;

/** An open file: a handle of the library and what its last failure said. */
export interface Mounted {
  readonly library: Library;
  readonly id: bigint;
  /**
   * Runs a call of the library; throws what it complains about, even where it goes on with some value.
   *
   * @param bytes that the library unpacks at once, which its heap may grow for
   */
  call<T>(place: string, body: () => T, bytes?: number): T;
  close(): void;
}

interface Node {
  usedBytes: number;
  stream_ops: Record<string, unknown>;
}
interface Terminal {
  tty: { ops: { put_char(tty: unknown, code: number): void } };
}
interface FileSystem {
  createFile(parent: string, name: string, properties: object, read: boolean, write: boolean): Node;
  unlink(path: string): void;
  readdir(path: string): string[];
  readonly streams: readonly Terminal[];
}

let complaints = "";

const library: Promise<{ readonly module: Library; readonly heap: HeapLimit }> = ready.then(
  (module) => {
    const fs = module.FS as unknown as FileSystem;
    const put = (_: unknown, code: number) => {
      complaints += String.fromCharCode(code);
    };
    for (const stream of fs.streams.slice(0, 3)) stream.tty.ops.put_char = put;
    for (const name of fs.readdir("/dev").filter((n) => !/^(\.\.?|shm)$/.test(n))) {
      fs.unlink(`/dev/${name}`);
    }
    return { module, heap: heapLimitOf(module) };
  },
);

let mounts = 0;

/** Bytes by which the library's heap may grow for any call, and for each byte unpacked, as filters copy them. */
const ALLOWED = 96 * 2 ** 20, ALLOWED_PER_BYTE = 8;

/**
 * Opens the HDF5 file in a source.
 *
 * @throws {FormatError} when it is none or cut
 */
export async function mountHdf5(source: ByteSource): Promise<Mounted> {
  const { module, heap } = await library;
  requireWhole(source);
  const fs = module.FS as unknown as FileSystem;
  const name = `${mounts++}.hdf5`;
  const node = fs.createFile("/", name, {}, true, false);
  node.usedBytes = source.size;
  node.stream_ops = { ...node.stream_ops, read: readerOf(source) };
  const start = module.HEAPU8.length;
  const call = <T>(place: string, body: () => T, bytes = 0) => {
    heap.most = start + ALLOWED + ALLOWED_PER_BYTE * bytes;
    heap.refused = false;
    try {
      return guard(source.name, place, body);
    } catch (error) {
      if (!heap.refused) throw error;
      const { reason } = error as FormatError;
      throw new FormatError(source.name, place, `needs more memory than it declares (${reason})`);
    } finally {
      heap.most = Infinity;
    }
  };
  try {
    const id = call("", () => {
      const handle = module.open(`/${name}`, module.H5F_ACC_RDONLY, false, -1, -1);
      if (handle < 0n) throw new Error(reasonOf(complaints));
      return handle;
    });
    return { library: module, id, call, close: () => module.close_file(id) };
  } finally {
    // Open, it needs no name, and without one no link in it can lead back to it.
    fs.unlink(`/${name}`);
  }
}

/** Bytes copied at once; hosts cannot read files into the memory of WebAssembly. */
const BLOCK = 2 ** 20;

function readerOf(source: ByteSource) {
  const block = new Uint8Array(Math.min(BLOCK, source.size));
  return (_: unknown, heap: Uint8Array, at: number, length: number, position: number): number => {
    const end = Math.min(source.size, position + length);
    for (let from = position; from < end; from += BLOCK) {
      const part = block.subarray(0, Math.min(BLOCK, end - from));
      source.readInto(from, part);
      heap.set(part, at + from - position);
    }
    return Math.max(0, end - position);
  };
}

function guard<T>(file: string, place: string, body: () => T): T {
  complaints = "";
  let value: T;
  try {
    value = body();
  } catch (error) {
    const { message } = error as Error;
    throw new FormatError(file, place, complaints === "" ? message : reasonOf(complaints));
  }
  if (complaints !== "") throw new FormatError(file, place, reasonOf(complaints));
  return value;
}

/** The innermost entry of the library's error stack. */
const reasonOf = (stack: string): string =>
  stack.match(/#\d+: .*?\(\): (.*)/g)?.at(-1)?.replace(/^.*?\(\): /, "") ??
    "the library refuses it";

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** Requires a superblock, and that the file is as long as the superblock says. */
function requireWhole(source: ByteSource): void {
  let base = 0;
  while (base + 64 <= source.size && !isSuperblock(source.read(base, base + 8))) {
    base = base === 0 ? 512 : 2 * base;
  }
  if (base + 64 > source.size) {
    throw new FormatError(source.name, "", "not HDF5, the signature is missing");
  }
  const view = new DataView(source.read(base, base + 64).buffer);
  const version = view.getUint8(8), wide = view.getUint8(version < 2 ? 13 : 9);
  const at = version === 0 ? 24 : version === 1 ? 28 : 12;
  if (version > 3 || wide !== 8) return;
  // Addresses count from the base, but the end counts from where the file began when the base was written.
  const end = view.getBigUint64(at + 16, true) - view.getBigUint64(at, true);
  if (end > source.size - base) {
    throw new FormatError(
      source.name,
      "superblock",
      `says the file has ${end} bytes, found ${source.size - base}: it is cut`,
    );
  }
}

const isSuperblock = (bytes: Uint8Array): boolean => SIGNATURE.every((b, i) => bytes[i] === b);
