/**
 * Named arrays in numpy's npz format: a zip file of npy entries.
 *
 * @module
 */
import { Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { FormatError, quote } from "../../provenance/format_error.ts";
import type { StoredTensor } from "../../provenance/stored_tensor.ts";
import { type ByteSource, bytesSource } from "./byte_source.ts";
import { DEFAULT_LIMITS, type Limits } from "./limits.ts";
import { npyChunks, parseNpy } from "./npy.ts";
import { openZip } from "./zip_reader.ts";

/** An open npz file; `read` inflates one array at a time. */
export interface NpzFile {
  readonly names: readonly string[];
  read(name: string): StoredTensor;
}

/**
 * Opens an npz file. Entries that end in `.npy` are arrays; nothing else may be in the file.
 *
 * @throws {FormatError} naming the entry and the reason
 */
export function openNpz(source: ByteSource, limits: Limits = DEFAULT_LIMITS): NpzFile {
  const zip = openZip(source, limits);
  const names = zip.names.map((entry) => {
    const name = entry.slice(0, -4);
    if (!entry.endsWith(".npy") || name === "" || name === "__proto__") {
      throw new FormatError(source.name, `entry ${quote(entry)}`, "is no name of an array");
    }
    return name;
  });
  return { names, read: (name) => readArray(source.name, name, zip.read(`${name}.npy`)) };
}

function readArray(file: string, name: string, bytes: Uint8Array<ArrayBuffer>): StoredTensor {
  try {
    return parseNpy(bytes);
  } catch (error) {
    throw new FormatError(file, `entry ${quote(name)}`, (error as Error).message);
  }
}

/**
 * All arrays of an npz file by name.
 *
 * @throws {FormatError} naming the entry and the reason
 */
export function readNpz(
  source: ByteSource,
  limits: Limits = DEFAULT_LIMITS,
): ReadonlyMap<string, StoredTensor> {
  const npz = openNpz(source, limits);
  return new Map(npz.names.map((name) => [name, npz.read(name)]));
}

/** {@link readNpz} of bytes in memory. */
export const parseNpz = (
  bytes: Uint8Array,
  file = "npz",
  limits: Limits = DEFAULT_LIMITS,
): ReadonlyMap<string, StoredTensor> => readNpz(bytesSource(bytes, file), limits);

/** How to write an npz file. */
export interface NpzOptions {
  /** Deflate the arrays; stored as they are when absent. */
  readonly compress?: boolean;
}

/**
 * The bytes of an npz file in parts, without a copy of stored arrays. The bytes are a function of the arguments:
 * entries in the order given, all dated 1 January 1980.
 *
 * @throws {RangeError} when an array cannot be written or the file would exceed 4 GiB
 */
export function npzChunks(
  arrays: Iterable<readonly [name: string, array: StoredTensor]>,
  { compress = false }: NpzOptions = {},
): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    chunks.push(chunk);
  });
  for (const [name, array] of arrays) {
    const entry = compress
      ? new ZipDeflate(`${name}.npy`, { level: 6 })
      : new ZipPassThrough(`${name}.npy`);
    entry.mtime = "1980-01-01T00:00:00";
    zip.add(entry);
    const [header, values] = npyChunks(array);
    entry.push(header);
    entry.push(values, true);
  }
  zip.end();
  if (sizeOfAll(chunks) > 0xffffffff) {
    throw new RangeError("Cannot write npz: more than 4 GiB need zip64");
  }
  return chunks;
}

const sizeOfAll = (chunks: readonly Uint8Array[]): number =>
  chunks.reduce((sum, chunk) => sum + chunk.length, 0);

/** The bytes of {@link npzChunks} in one piece. */
export function formatNpz(
  arrays: Iterable<readonly [name: string, array: StoredTensor]>,
  options: NpzOptions = {},
): Uint8Array {
  const chunks = npzChunks(arrays, options);
  const bytes = new Uint8Array(sizeOfAll(chunks));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
