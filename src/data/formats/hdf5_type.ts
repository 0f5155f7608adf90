/**
 * HDF5 data types as element types.
 *
 * @module
 */
import type { Metadata } from "h5wasm";
import type { DType } from "../../provenance/stored_tensor.ts";

const CLASSES = [
  "integer",
  "float",
  "time",
  "string",
  "bit field",
  "opaque",
  "compound",
  "reference",
  "enum",
  "variable length",
  "array",
];

/** The type class of strings. */
export const STRING = 3;

/** Type classes whose elements hold no pointers: all but compounds, references, sequences and arrays. */
export const FLAT: ReadonlySet<number> = new Set([0, 1, 2, STRING, 4, 5, 8]);

/**
 * The element type of a data type, or undefined when there is none. h5py's booleans are an enum of FALSE and TRUE.
 * 16-bit floats are not taken: the library does not say whether they are IEEE half precision or bfloat16.
 */
export function dtypeOf({ type, size, signed, enum_type: members }: Metadata): DType | undefined {
  if (type === 1) return size === 8 ? "F64" : size === 4 ? "F32" : undefined;
  if (type === 8) return size === 1 && isBoolean(members?.members ?? {}) ? "BOOL" : undefined;
  if (type !== 0 || ![1, 2, 4, 8].includes(size)) return undefined;
  return `${signed ? "I" : "U"}${8 * size}` as DType;
}

const isBoolean = (members: Readonly<Record<string, number>>): boolean =>
  Object.keys(members).length === 2 && members.FALSE === 0 && members.TRUE === 1;

/** A data type in words. */
export const describeType = ({ type, size }: Metadata): string =>
  `${CLASSES[type] ?? "unknown"} type of ${8 * size} bits`;
