/**
 * Numbers as files hold them: a shape, an element type and a typed array that loses nothing.
 *
 * @module
 */

/** Element types under their safetensors names; `BOOL` holds 0 and 1. */
export type DType =
  | "F64"
  | "F32"
  | "F16"
  | "BF16"
  | "I64"
  | "U64"
  | "I32"
  | "U32"
  | "I16"
  | "U16"
  | "I8"
  | "U8"
  | "BOOL";

/** The typed arrays that hold the element types; bfloat16 widens to float32, 64-bit integers stay exact. */
export type StoredData =
  | Float64Array
  | Float32Array
  | Float16Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

/** Row-major values of a shape in an element type. */
export interface StoredTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: StoredData;
}

type Reader = (buffer: ArrayBuffer) => StoredData;

const READERS: Readonly<Record<DType, readonly [bytes: number, read: Reader]>> = {
  F64: [8, (b) => new Float64Array(b)],
  F32: [4, (b) => new Float32Array(b)],
  F16: [2, (b) => new Float16Array(b)],
  BF16: [2, widenBfloat16],
  I64: [8, (b) => new BigInt64Array(b)],
  U64: [8, (b) => new BigUint64Array(b)],
  I32: [4, (b) => new Int32Array(b)],
  U32: [4, (b) => new Uint32Array(b)],
  I16: [2, (b) => new Int16Array(b)],
  U16: [2, (b) => new Uint16Array(b)],
  I8: [1, (b) => new Int8Array(b)],
  U8: [1, (b) => new Uint8Array(b)],
  BOOL: [1, (b) => new Uint8Array(b)],
};

/** True for the name of an element type. */
export const isDType = (name: unknown): name is DType =>
  typeof name === "string" && Object.hasOwn(READERS, name);

/** Bytes of one element. */
export const bytesOf = (dtype: DType): number => READERS[dtype][0];

/**
 * The values in little-endian bytes, copied.
 *
 * @throws {RangeError} when a boolean is neither 0 nor 1
 */
export function decode(dtype: DType, bytes: Uint8Array): StoredData {
  const data = READERS[dtype][1](new Uint8Array(bytes).buffer);
  if (dtype === "BOOL") {
    const bad = (data as Uint8Array).findIndex((value) => value > 1);
    if (bad >= 0) throw new RangeError(`boolean ${bad} is ${data[bad]}, neither 0 nor 1`);
  }
  return data;
}

/** The little-endian bytes of an array, a view. */
export const encode = (data: StoredData): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** bfloat16 is the upper half of a float32. */
function widenBfloat16(buffer: ArrayBuffer): Float32Array {
  const bits = new Uint16Array(buffer);
  const wide = new Float32Array(bits.length);
  new Uint32Array(wide.buffer).set(Uint32Array.from(bits, (b) => b << 16));
  return wide;
}

/** The number of values of a shape from a file, or undefined when it is not made of sizes with an exact product. */
export function countOf(shape: readonly unknown[]): number | undefined {
  if (!shape.every((d) => Number.isSafeInteger(d) && (d as number) >= 0)) return undefined;
  if (shape.includes(0)) return 0;
  const count = (shape as readonly number[]).reduce((n, d) => n * d, 1);
  return Number.isSafeInteger(count) ? count : undefined;
}

/**
 * Values as float64: exact for every type but 64-bit integers beyond 2^53.
 *
 * @throws {RangeError} at such an integer
 */
export function toFloat64({ data }: StoredTensor): Float64Array {
  if (data instanceof Float64Array) return data.slice();
  if (!(data instanceof BigInt64Array || data instanceof BigUint64Array)) {
    return Float64Array.from(data as ArrayLike<number>);
  }
  return Float64Array.from(data as Iterable<bigint> & ArrayLike<bigint>, (value: bigint) => {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) {
      throw new RangeError(`integer ${value} lies beyond 2^53 and cannot be held exactly`);
    }
    return number;
  });
}
