/**
 * HDF5 attributes.
 *
 * @module
 */
import { FormatError } from "../../provenance/format_error.ts";
import { adopt, bytesOf, type StoredTensor } from "../../provenance/stored_tensor.ts";
import type { Mounted } from "./hdf5_library.ts";
import { stringsIn } from "./hdf5_string.ts";
import { describeType, dtypeOf, STRING } from "./hdf5_type.ts";

/** A text or numbers; a number is a tensor of shape []. */
export type AttributeValue = string | StoredTensor;

/** No attribute that the project reads is larger. */
const MAX_BYTES = 16 * 2 ** 20;

/**
 * One attribute; undefined when absent.
 *
 * @throws {FormatError} when its type is neither a text nor numbers
 */
export function attributeOf(
  mounted: Mounted,
  object: string,
  name: string,
  file: string,
): AttributeValue | undefined {
  const { library, id, call } = mounted;
  const place = `attribute ${name} of ${object}`;
  const names = call(place, () => library.get_attribute_names(id, object));
  if (!names.includes(name)) return undefined;
  const metadata = call(place, () => library.get_attribute_metadata(id, object, name));
  const { shape, total_size: count } = metadata;
  if (shape === null) return metadata.type === STRING ? "" : undefined;
  const read = (at: number) => library.get_attribute_data(id, object, name, BigInt(at));
  if (metadata.type === STRING) {
    if (count !== 1) throw new FormatError(file, place, `${count} texts, need one`);
    const reclaim = (at: number) => library.reclaim_vlen_memory(id, object, name, BigInt(at));
    return stringsIn(mounted, place, metadata, file, { read, reclaim })[0];
  }
  const dtype = dtypeOf(metadata);
  if (dtype === undefined || count * bytesOf(dtype) > MAX_BYTES) {
    throw new FormatError(file, place, `${count} of ${describeType(metadata)} are not supported`);
  }
  return call(place, () => {
    const at = library._malloc(Math.max(1, count * metadata.size));
    try {
      if (read(at) < 0) throw new Error("cannot be read");
      const bytes = new Uint8Array(library.HEAPU8.subarray(at, at + count * metadata.size));
      return { dtype, shape, data: adopt(dtype, bytes) };
    } finally {
      library._free(at);
    }
  });
}
