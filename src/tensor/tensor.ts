/**
 * A dense float32 array with a shape, as it travels between functions: garbage-collected and read-only.
 *
 * @module
 */

/** A read-only view of a `Float32Array`. */
export type Floats =
  & Omit<
    Float32Array,
    number | "set" | "fill" | "copyWithin" | "reverse" | "sort" | "subarray" | "buffer"
  >
  & {
    readonly [index: number]: number;
    subarray(begin?: number, end?: number): Floats;
    [Symbol.iterator](): ArrayIterator<number>;
  };

/** A read-only view of a `Float64Array`. */
export type Doubles =
  & Omit<
    Float64Array,
    number | "set" | "fill" | "copyWithin" | "reverse" | "sort" | "subarray" | "buffer"
  >
  & {
    readonly [index: number]: number;
    subarray(begin?: number, end?: number): Doubles;
    [Symbol.iterator](): ArrayIterator<number>;
  };

/** Row-major values of a shape; `data.length` is the product of `shape`. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Floats;
}

/** The number of values of a shape; 1 for the scalar shape `[]`. */
export const volume = (shape: readonly number[]): number => shape.reduce((n, d) => n * d, 1);

/**
 * A tensor of the given shape.
 *
 * @throws {RangeError} when the shape does not hold the data
 */
export function tensor(shape: readonly number[], data: Floats | readonly number[]): Tensor {
  if (volume(shape) !== data.length) {
    throw new RangeError(
      `Cannot make tensor: shape [${shape}] holds ${volume(shape)} values, found ${data.length}`,
    );
  }
  return { shape, data: Array.isArray(data) ? Float32Array.from(data) : data as Floats };
}

/** A tensor of zeros. */
export const zeros = (shape: readonly number[]): Tensor => ({
  shape,
  data: new Float32Array(volume(shape)),
});
