/**
 * Bytes at random access, so that a reader of a large file touches only what it needs.
 *
 * @module
 */

/** A file or an array of bytes; `read` returns a fresh copy of the bytes [begin, end). */
export interface ByteSource {
  /** What messages call it. */
  readonly name: string;
  readonly size: number;
  read(begin: number, end: number): Uint8Array<ArrayBuffer>;
}

/** Bytes in memory as a source. */
export const bytesSource = (bytes: Uint8Array, name: string): ByteSource => ({
  name,
  size: bytes.length,
  read: (begin, end) => new Uint8Array(bytes.subarray(begin, end)),
});
