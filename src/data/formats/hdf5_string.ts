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
  read(at: number): number;
  reclaim(at: number): number;
}

/** No file needs more than this for names and JSON texts. */
const MAX_BYTES = 16 * 2 ** 20;

/**
 * Strings of fixed length (null- or space-padded) or variable length.
 *
 * @throws {FormatError} at another type, invalid UTF-8 or too many bytes
 */
export function stringsIn(
  { library, call }: Mounted,
  place: string,
  metadata: Metadata,
  file: string,
  access: Access,
): readonly string[] {
  if (metadata.type !== STRING) {
    throw new FormatError(file, place, `${describeType(metadata)}, need strings`);
  }
  const count = metadata.total_size, { size, vlen, strpad } = metadata;
  if (count * size > MAX_BYTES) {
    throw new FormatError(file, place, `declares ${count * size} bytes of strings`);
  }
  const texts = call(place, () => {
    const at = library._malloc(Math.max(1, count * size));
    library.HEAPU8.fill(0, at, at + count * size);
    try {
      if (access.read(at) < 0) throw new Error("cannot be read");
      return Array.from({ length: count }, (_, i) => {
        const bytes = vlen
          ? textAt(library.HEAPU8, pointerAt(library.HEAPU8, at + 4 * i))
          : fixedText(library.HEAPU8.subarray(at + size * i, at + size * (i + 1)), strpad === 2);
        return bytes.slice();
      });
    } finally {
      if (vlen) access.reclaim(at);
      library._free(at);
    }
  });
  return texts.map((bytes) => decodeUtf8(bytes, file, place));
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
