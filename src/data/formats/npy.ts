/**
 * Single arrays in numpy's npy format.
 *
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 * @module
 */
import {
  adopt,
  bytesOf,
  countOf,
  type DType,
  encode,
  type StoredData,
  type StoredTensor,
} from "../../provenance/stored_tensor.ts";
import { type NpyHeader, parseNpyHeader } from "./npy_header.ts";
import { gather } from "./strided.ts";

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const MAX_HEADER = 65536;

/**
 * The array in the bytes of an npy file of version 1, 2 or 3, in C order. The bytes are given up: the values may
 * be a view of them.
 *
 * @throws {RangeError} with the reason
 */
export function parseNpy(bytes: Uint8Array<ArrayBuffer>): StoredTensor {
  const { header, start } = headerOf(bytes);
  const { dtype, shape } = header;
  const needed = countOf(shape)! * bytesOf(dtype), found = bytes.length - start;
  if (needed !== found) {
    throw new RangeError(
      `${dtype} of shape (${shape}) needs ${needed} bytes, ${found} follow the header`,
    );
  }
  const body = bytes.subarray(start);
  if (header.bigEndian) swapBytes(body, bytesOf(dtype));
  const data = adopt(dtype, body);
  return { dtype, shape, data: header.fortranOrder ? toRowMajor(data, shape) : data };
}

function headerOf(bytes: Uint8Array): { header: NpyHeader; start: number } {
  if (bytes.length < 12 || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new RangeError("no npy array, the magic bytes are missing");
  }
  const version = bytes[6];
  if (version < 1 || version > 3 || bytes[7] !== 0) {
    throw new RangeError(`npy version ${version}.${bytes[7]} is not supported`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const begin = version === 1 ? 10 : 12;
  if (size > MAX_HEADER || begin + size > bytes.length) {
    throw new RangeError(`npy header declares ${size} bytes, ${bytes.length - begin} follow`);
  }
  const text = String.fromCharCode(...bytes.subarray(begin, begin + size));
  return { header: parseNpyHeader(text), start: begin + size };
}

function swapBytes(bytes: Uint8Array, size: number): void {
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}

/** Column-major values in row-major order. */
function toRowMajor(data: StoredData, shape: readonly number[]): StoredData {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((n, d) => n * d, 1));
  return gather(data, shape, strides);
}

const DESCR: Readonly<Partial<Record<DType, string>>> = {
  F64: "<f8",
  F32: "<f4",
  F16: "<f2",
  I64: "<i8",
  U64: "<u8",
  I32: "<i4",
  U32: "<u4",
  I16: "<i2",
  U16: "<u2",
  I8: "|i1",
  U8: "|u1",
  BOOL: "|b1",
};

/**
 * The bytes of an npy file of version 1 in two parts, the values a view of the array.
 *
 * @throws {RangeError} when the shape does not hold the data or the type is not numpy's
 */
export function npyChunks({ dtype, shape, data }: StoredTensor): [Uint8Array, Uint8Array] {
  const descr = DESCR[dtype];
  if (descr === undefined) throw new RangeError(`Cannot write npy: numpy has no ${dtype}`);
  if (countOf(shape) !== data.length || data.BYTES_PER_ELEMENT !== bytesOf(dtype)) {
    throw new RangeError(
      `Cannot write npy: ${dtype} of shape (${shape}) does not hold ${data.length} values`,
    );
  }
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const size = Math.ceil((10 + text.length + 1) / 64) * 64;
  const header = new Uint8Array(size).fill(0x20);
  header.set([...MAGIC, 1, 0, (size - 10) & 255, (size - 10) >> 8]);
  header.set(new TextEncoder().encode(text), 10);
  header[size - 1] = 0x0a;
  return [header, encode(data)];
}
