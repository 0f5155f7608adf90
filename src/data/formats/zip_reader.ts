/**
 * The contents of zip entries, verified.
 *
 * @module
 */
import { crc32 } from "node:zlib";
import { inflateSync } from "fflate";
import { FormatError, quote } from "../../provenance/format_error.ts";
import type { ByteSource } from "./byte_source.ts";
import { DEFAULT_LIMITS, excessOf, type Limits } from "./limits.ts";
import { readZipDirectory, type ZipEntry } from "./zip_directory.ts";

/** A zip file whose entries are disjoint and within limits. */
export interface ZipFile {
  readonly names: readonly string[];
  has(name: string): boolean;
  /** Bytes that an entry declares; 0 of one that is absent. */
  sizeOf(name: string): number;
  /** The content of an entry, inflated and checked against its CRC-32. */
  read(name: string): Uint8Array<ArrayBuffer>;
}

interface Located extends ZipEntry {
  readonly begin: number;
}

/**
 * Opens a zip file. All entries are checked before any is inflated.
 *
 * @throws {FormatError} naming the entry and the reason
 */
export function openZip(source: ByteSource, limits: Limits = DEFAULT_LIMITS): ZipFile {
  const { entries, begin } = readZipDirectory(source);
  requireLimits(entries, source, limits);
  const located = new Map(entries.map((e) => [e.name, locate(source, e, begin)]));
  requireDisjoint([...located.values()], source.name);
  return {
    names: entries.map((e) => e.name),
    has: (name) => located.has(name),
    sizeOf: (name) => located.get(name)?.size ?? 0,
    read: (name) => {
      const entry = located.get(name);
      if (entry === undefined) {
        throw new FormatError(source.name, `entry ${quote(name)}`, "missing");
      }
      return contentOf(source, entry);
    },
  };
}

/** Entries of a file: each is looked up in it, whether it is read or not. */
const MAX_ENTRIES = 10_000;

function requireLimits(
  entries: readonly ZipEntry[],
  { name: file, size: fileSize }: ByteSource,
  limits: Limits,
): void {
  const { length } = entries;
  if (length > MAX_ENTRIES) {
    throw new FormatError(file, "", `holds ${length} entries, the limit is ${MAX_ENTRIES}`);
  }
  for (const { name, size, storedSize } of entries) {
    const excess = excessOf(size, storedSize, limits);
    if (excess !== undefined) throw new FormatError(file, `entry ${quote(name)}`, excess);
  }
  const total = entries.reduce((sum, e) => sum + e.size, 0);
  const excess = excessOf(total, fileSize, limits);
  if (excess !== undefined) throw new FormatError(file, "all entries", excess);
}

/** Finds the data of an entry behind its local header, which must tell the same story as the directory. */
function locate(source: ByteSource, entry: ZipEntry, directory: number): Located {
  const { name, offset, storedSize } = entry;
  const fail = (reason: string) => new FormatError(source.name, `entry ${quote(name)}`, reason);
  if (offset + 30 > directory) throw fail("its local header lies outside the data");
  const bytes = source.read(offset, offset + 30);
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (head.getUint32(0, true) !== 0x04034b50) throw fail("its local header is damaged");
  const nameSize = head.getUint16(26, true), extraSize = head.getUint16(28, true);
  const begin = offset + 30 + nameSize + extraSize;
  if (begin + storedSize > directory) throw fail("its data run past the end of the data");
  const localName = new TextDecoder().decode(source.read(offset + 30, offset + 30 + nameSize));
  if (localName !== name) throw fail(`its local header says ${quote(localName)}`);
  const flags = head.getUint16(6, true), method = head.getUint16(8, true);
  if (flags !== entry.flags || method !== entry.method) {
    throw fail("flags or method of its local header differ from the directory");
  }
  return { ...entry, begin };
}

function requireDisjoint(entries: readonly Located[], file: string): void {
  const sorted = entries.toSorted((a, b) => a.offset - b.offset);
  sorted.forEach(({ name, offset }, i) => {
    if (i > 0 && offset < sorted[i - 1].begin + sorted[i - 1].storedSize) {
      const other = quote(sorted[i - 1].name);
      throw new FormatError(file, `entry ${quote(name)}`, `overlaps entry ${other}`);
    }
  });
}

function contentOf(source: ByteSource, entry: Located): Uint8Array<ArrayBuffer> {
  const fail = (reason: string) =>
    new FormatError(source.name, `entry ${quote(entry.name)}`, reason);
  const stored = source.read(entry.begin, entry.begin + entry.storedSize);
  const bytes = entry.method === 0 ? stored : inflate(stored, entry.size, fail);
  const crc = crc32(bytes);
  if (crc !== entry.crc) {
    throw fail(`CRC-32 is ${hex(crc)}, the directory says ${hex(entry.crc)}`);
  }
  return bytes;
}

const hex = (crc: number): string => crc.toString(16).padStart(8, "0");

/** Inflates into exactly the declared size; the spare byte shows a stream that goes on. */
function inflate(
  stored: Uint8Array<ArrayBuffer>,
  size: number,
  fail: (reason: string) => Error,
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(size + 1);
  let bytes: Uint8Array;
  try {
    bytes = inflateSync(stored, { out });
  } catch (error) {
    throw fail(`damaged deflate stream: ${(error as Error).message}`);
  }
  if (bytes.length !== size) {
    const found = bytes.length > size ? "more" : bytes.length;
    throw fail(`inflates to ${found} bytes, the directory says ${size}`);
  }
  return out.subarray(0, size);
}
