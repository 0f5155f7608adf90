/**
 * Bytes at random access, so that a reader of a large file touches only what it needs.
 *
 * @module
 */

/** A file or an array of bytes. */
export interface ByteSource {
  /** What messages call it. */
  readonly name: string;
  readonly size: number;
  /** A fresh copy of the bytes [begin, end). */
  read(begin: number, end: number): Uint8Array<ArrayBuffer>;
  /** Fills `out` with the bytes from `begin` on. */
  readInto(begin: number, out: Uint8Array): void;
}

/** Bytes in memory as a source. */
export const bytesSource = (bytes: Uint8Array, name: string): ByteSource => ({
  name,
  size: bytes.length,
  read: (begin, end) => new Uint8Array(bytes.subarray(begin, end)),
  readInto: (begin, out) => out.set(bytes.subarray(begin, begin + out.length)),
});
