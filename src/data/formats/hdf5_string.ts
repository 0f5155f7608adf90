/**
 * Strings in HDF5 data sets and attributes.
 *
 * @module
 */
import type { Metadata } from "h5wasm";
import { FormatError } from "../../provenance/format_error.ts";
import { decodeUtf8 } from "../../provenance/strict_json.ts";
import type { Mounted } from "./hdf5_library.ts";
import { describeType, STRING } from "./hdf5_type.ts";

/** How to fill a buffer on the library's heap, and how to free what the library allocated for it. */
export interface Access {
  /** Fills the buffer at an address with `count` elements from `begin` on. */
  read(at: number, begin: number, count: number): number;
  reclaim(at: number, count: number): number;
}

/** No file needs more than this for names and JSON texts. */
const MAX_BYTES = 16 * 2 ** 20, MAX_STRINGS = 2 ** 16;

/** Strings of variable length read at once: each pointer, in a few bytes, may lead to the same large text. */
const PART = 4096;

/**
 * Strings of fixed length (null- or space-padded) or variable length.
 *
 * @throws {FormatError} at another type, invalid UTF-8, too many strings or bytes
 */
export function stringsIn(
  mounted: Mounted,
  place: string,
  metadata: Metadata,
  file: string,
  access: Access,
): readonly string[] {
  const fail = (reason: string) => new FormatError(file, place, reason);
  const { type, total_size: count, size, vlen } = metadata;
  if (type !== STRING) throw fail(`${describeType(metadata)}, need strings`);
  if (count > MAX_STRINGS) throw fail(`declares ${count} strings, the limit is ${MAX_STRINGS}`);
  if (count * size > MAX_BYTES) {
    throw fail(`declares ${count * size} bytes of strings, the limit is ${MAX_BYTES}`);
  }
  const texts: string[] = [], step = vlen ? PART : count;
  let total = 0;
  const keep = (bytes: Uint8Array): Uint8Array => {
    total += bytes.length;
    if (total > MAX_BYTES) throw new Error(`holds more than ${MAX_BYTES} bytes of strings`);
    return bytes.slice();
  };
  for (let begin = 0; begin < count; begin += step) {
    const part = { begin, count: Math.min(step, count - begin) };
    const found = mounted.call(place, () => readPart(mounted, metadata, access, part, keep));
    for (const bytes of found) texts.push(decodeUtf8(bytes, file, place));
  }
  return texts;
}

/** What `keep` makes of the bytes of some strings, which are valid only while it runs. */
function readPart(
  { library }: Mounted,
  { size, vlen, strpad }: Metadata,
  access: Access,
  { begin, count }: { readonly begin: number; readonly count: number },
  keep: (bytes: Uint8Array) => Uint8Array,
): readonly Uint8Array[] {
  const at = library._malloc(Math.max(1, count * size));
  if (at === 0) throw new Error(`no memory for ${count * size} bytes`);
  library.HEAPU8.fill(0, at, at + count * size);
  try {
    if (access.read(at, begin, count) < 0) throw new Error("cannot be read");
    const heap = library.HEAPU8;
    const textOf = (i: number) =>
      vlen
        ? textAt(heap, pointerAt(heap, at + 4 * i))
        : fixedText(heap.subarray(at + size * i, at + size * (i + 1)), strpad === 2);
    return Array.from({ length: count }, (_, i) => keep(textOf(i)));
  } finally {
    if (vlen) access.reclaim(at, count);
    library._free(at);
  }
}

const pointerAt = (heap: Uint8Array, at: number): number =>
  new DataView(heap.buffer).getUint32(at, true);

const textAt = (heap: Uint8Array, at: number): Uint8Array =>
  at === 0 ? new Uint8Array(0) : heap.subarray(at, heap.indexOf(0, at));

function fixedText(bytes: Uint8Array, spacePadded: boolean): Uint8Array {
  const zero = bytes.indexOf(0);
  let end = zero < 0 ? bytes.length : zero;
  while (spacePadded && end > 0 && bytes[end - 1] === 0x20) end--;
  return bytes.subarray(0, end);
}
