/**
 * A bound on the heap of the HDF5 library. It allocates what a file's chunks and texts claim or inflate to, up to
 * 2 GiB from a megabyte, and offers no bound of its own.
 *
 * @module
 */

/** A bound on one memory of WebAssembly. */
export interface HeapLimit {
  /** The most bytes that the memory may grow to. */
  most: number;
  /** Whether it was refused to grow since this was last set. */
  refused: boolean;
}

const PAGE = 65536;

/**
 * A bound, at first infinite, on the memory behind a view that follows its growth. A refused growth is one that
 * fails, which the program in the memory must expect. Other memories grow as before.
 */
export function heapLimitOf(library: { readonly HEAPU8: Uint8Array }): HeapLimit {
  const limit: HeapLimit = { most: Infinity, refused: false };
  // Only the library holds the memory itself, so that its growth can be met nowhere else.
  const { prototype } = WebAssembly.Memory, { grow } = prototype;
  prototype.grow = function (pages) {
    const { buffer } = this;
    if (buffer === library.HEAPU8.buffer && buffer.byteLength + pages * PAGE > limit.most) {
      limit.refused = true;
      throw new RangeError(`Cannot grow memory: the limit is ${limit.most} bytes`);
    }
    return grow.call(this, pages);
  };
  return limit;
}
