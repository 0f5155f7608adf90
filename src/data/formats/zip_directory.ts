/**
 * The central directory of a zip file, read strictly.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT sections 4.3 and 4.5
 * @module
 */
import { FormatError, quote } from "../../provenance/format_error.ts";
import { decodeUtf8 } from "../../provenance/strict_json.ts";
import type { ByteSource } from "./byte_source.ts";

/** One entry as the directory describes it. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly storedSize: number;
  readonly size: number;
  /** Where its local header starts. */
  readonly offset: number;
}

/** Where the directory lies. */
interface Location {
  readonly begin: number;
  readonly size: number;
  readonly count: number;
}

const END = 0x06054b50, END_64 = 0x06064b50, LOCATOR_64 = 0x07064b50, ENTRY = 0x02014b50;

/** Whether a file begins as zip files do, with "PK". */
export function isZip(source: ByteSource): boolean {
  const head = source.read(0, Math.min(2, source.size));
  return head[0] === 0x50 && head[1] === 0x4b;
}

/**
 * The entries of a zip file in the order of the directory, and where the directory begins.
 *
 * @throws {FormatError} when the directory is missing, damaged, encrypted or names an entry unsafely or twice
 */
export function readZipDirectory(source: ByteSource): { entries: ZipEntry[]; begin: number } {
  const fail = (reason: string) => new FormatError(source.name, "zip directory", reason);
  const { begin, size, count } = locate(source);
  const bytes = source.read(begin, begin + size);
  const view = viewOf(bytes);
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at < size) {
    if (at + 46 > size || view.getUint32(at, true) !== ENTRY) {
      throw fail(`entry ${entries.length} is damaged`);
    }
    const [name, extra, comment] = [28, 30, 32].map((o) => view.getUint16(at + o, true));
    const end = at + 46 + name + extra + comment;
    if (end > size) throw fail(`entry ${entries.length} runs past the directory`);
    entries.push(entryAt(bytes.subarray(at, end), name, extra, source.name));
    at = end;
  }
  if (entries.length !== count) throw fail(`declares ${count} entries, holds ${entries.length}`);
  requireNames(entries, source.name);
  return { entries, begin };
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function locate(source: ByteSource): Location {
  const fail = (reason: string) => new FormatError(source.name, "zip directory", reason);
  const start = Math.max(0, source.size - 22 - 0xffff);
  const tail = viewOf(source.read(start, source.size));
  let at = tail.byteLength - 22;
  while (at >= 0 && !isEnd(tail, at)) at--;
  if (at < 0) throw fail("not found, the file is cut or no zip file");
  if (tail.getUint16(at + 4, true) !== 0 || tail.getUint16(at + 6, true) !== 0) {
    throw fail("the archive spans several files");
  }
  let end = start + at;
  let location = {
    count: tail.getUint16(at + 10, true),
    size: tail.getUint32(at + 12, true),
    begin: tail.getUint32(at + 16, true),
  };
  if (at >= 20 && tail.getUint32(at - 20, true) === LOCATOR_64) {
    end = sizeAt(tail, at - 12);
    location = locate64(source, end);
  }
  if (location.begin + location.size !== end) {
    throw fail(
      `declared at ${location.begin} with ${location.size} bytes, it ends at ${end}`,
    );
  }
  return location;
}

const isEnd = (tail: DataView, at: number): boolean =>
  tail.getUint32(at, true) === END && at + 22 + tail.getUint16(at + 20, true) === tail.byteLength;

function locate64(source: ByteSource, at: number): Location {
  const bytes = at + 56 <= source.size ? source.read(at, at + 56) : new Uint8Array(56);
  const view = viewOf(bytes);
  if (view.getUint32(0, true) !== END_64) {
    throw new FormatError(source.name, "zip directory", "the zip64 end record is missing");
  }
  return { count: sizeAt(view, 32), size: sizeAt(view, 40), begin: sizeAt(view, 48) };
}

/** A 64-bit size; one too large for a float64 becomes infinite and so fails every comparison. */
function sizeAt(view: DataView, at: number): number {
  const value = Number(view.getBigUint64(at, true));
  return Number.isSafeInteger(value) ? value : Infinity;
}

function entryAt(bytes: Uint8Array, nameSize: number, extraSize: number, file: string): ZipEntry {
  const view = viewOf(bytes);
  const name = decodeUtf8(bytes.subarray(46, 46 + nameSize), file, "zip entry name");
  const fail = (reason: string) => new FormatError(file, `entry ${quote(name)}`, reason);
  const flags = view.getUint16(8, true), method = view.getUint16(10, true);
  if ((flags & 0x2041) !== 0) throw fail("is encrypted");
  if (method !== 0 && method !== 8) throw fail(`compression method ${method} is not supported`);
  const entry = {
    name,
    method,
    flags,
    crc: view.getUint32(16, true),
    storedSize: view.getUint32(20, true),
    size: view.getUint32(24, true),
    offset: view.getUint32(42, true),
  };
  const wide = widen(entry, viewOf(bytes.subarray(46 + nameSize, 46 + nameSize + extraSize)), fail);
  if (method === 0 && wide.storedSize !== wide.size) {
    throw fail(`is stored, but its sizes ${wide.storedSize} and ${wide.size} differ`);
  }
  return wide;
}

/** Takes the sizes that read 0xffffffff from the zip64 extra field, in its fixed order. */
function widen(entry: ZipEntry, extra: DataView, fail: (reason: string) => Error): ZipEntry {
  const keys = (["size", "storedSize", "offset"] as const).filter((k) => entry[k] === 0xffffffff);
  if (keys.length === 0) return entry;
  let at = 0;
  while (at + 4 <= extra.byteLength && extra.getUint16(at, true) !== 1) {
    at += 4 + extra.getUint16(at + 2, true);
  }
  if (at + 4 + 8 * keys.length > extra.byteLength) throw fail("its zip64 sizes are missing");
  return {
    ...entry,
    ...Object.fromEntries(keys.map((key, i) => [key, sizeAt(extra, at + 4 + 8 * i)])),
  };
}

const UNSAFE = /^$|^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\\|\p{Cc}/u;

function requireNames(entries: readonly ZipEntry[], file: string): void {
  const seen = new Set<string>();
  for (const { name } of entries) {
    const fail = (reason: string) => new FormatError(file, `entry ${quote(name)}`, reason);
    if (UNSAFE.test(name)) throw fail("is not a plain relative name");
    if (seen.has(name)) throw fail("occurs twice");
    seen.add(name);
  }
}
