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

type View = (buffer: ArrayBuffer, offset: number, count: number) => StoredData;

const TYPES: Readonly<Record<DType, readonly [bytes: number, view: View]>> = {
  F64: [8, (b, o, n) => new Float64Array(b, o, n)],
  F32: [4, (b, o, n) => new Float32Array(b, o, n)],
  F16: [2, (b, o, n) => new Float16Array(b, o, n)],
  BF16: [2, (b, o, n) => widenBfloat16(new Uint16Array(b, o, n))],
  I64: [8, (b, o, n) => new BigInt64Array(b, o, n)],
  U64: [8, (b, o, n) => new BigUint64Array(b, o, n)],
  I32: [4, (b, o, n) => new Int32Array(b, o, n)],
  U32: [4, (b, o, n) => new Uint32Array(b, o, n)],
  I16: [2, (b, o, n) => new Int16Array(b, o, n)],
  U16: [2, (b, o, n) => new Uint16Array(b, o, n)],
  I8: [1, (b, o, n) => new Int8Array(b, o, n)],
  U8: [1, (b, o, n) => new Uint8Array(b, o, n)],
  BOOL: [1, (b, o, n) => new Uint8Array(b, o, n)],
};

/** True for the name of an element type. */
export const isDType = (name: unknown): name is DType =>
  typeof name === "string" && Object.hasOwn(TYPES, name);

/** Bytes of one element. */
export const bytesOf = (dtype: DType): number => TYPES[dtype][0];

/**
 * The values in little-endian bytes, copied.
 *
 * @throws {RangeError} when a boolean is neither 0 nor 1
 */
export const decode = (dtype: DType, bytes: Uint8Array): StoredData =>
  adopt(dtype, new Uint8Array(bytes));

/**
 * The values in little-endian bytes that the caller gives up: a view where they are aligned, else a copy.
 *
 * @throws {RangeError} when a boolean is neither 0 nor 1
 */
export function adopt(dtype: DType, bytes: Uint8Array<ArrayBuffer>): StoredData {
  const [size, view] = TYPES[dtype];
  const aligned = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes);
  const data = view(aligned.buffer, aligned.byteOffset, bytes.length / size);
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
function widenBfloat16(halves: Uint16Array): Float32Array {
  const wide = new Float32Array(halves.length);
  const bits = new Uint32Array(wide.buffer);
  for (let i = 0; i < bits.length; i++) bits[i] = halves[i] << 16;
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
