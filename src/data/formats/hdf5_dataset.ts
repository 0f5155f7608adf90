/**
 * The values of HDF5 data sets.
 *
 * @module
 */
import type { Metadata } from "h5wasm";
import { FormatError } from "../../provenance/format_error.ts";
import {
  adopt,
  bytesOf,
  countOf,
  type DType,
  type StoredTensor,
} from "../../provenance/stored_tensor.ts";
import type { ByteSource } from "./byte_source.ts";
import type { Mounted } from "./hdf5_library.ts";
import { absolute } from "./hdf5_links.ts";
import { type Access, stringsIn } from "./hdf5_string.ts";
import { describeType, dtypeOf, FLAT } from "./hdf5_type.ts";
import { excessOf, type Limits } from "./limits.ts";

/** Shape and element type of a numeric data set. */
export interface DatasetInfo {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Rows per stored chunk; undefined for contiguous storage. */
  readonly chunkRows: number | undefined;
  /** Bytes of a chunk once unpacked; 0 for contiguous storage. */
  readonly chunkBytes: number;
  /** How many chunks there are, and how many of them hold the same rows; 0 for contiguous storage. */
  readonly chunkCount: number;
  readonly chunksAcross: number;
}

/** Filters whose output the library checks: deflate, shuffle, Fletcher-32, n-bit and scale-offset. */
const FILTERS = new Set([1, 2, 3, 5, 6]);

/** Chunks of a data set: each costs the library microseconds and memory, however small it is. */
const MAX_CHUNKS = 300_000;

/** Bytes and chunks read at once, so that the library's heap stays small: a chunk takes some 7 kB of it. */
const SLICE = 8 * 2 ** 20, SLICE_CHUNKS = 8192;

/**
 * Shape and element type of a numeric data set that may be read.
 *
 * @throws {FormatError} when it has another type, an unknown filter, outside storage or claims too much
 */
export function infoOf(
  mounted: Mounted,
  path: string,
  source: ByteSource,
  limits: Limits,
): DatasetInfo {
  const metadata = checked(mounted, path, source, limits);
  const dtype = dtypeOf(metadata);
  if (dtype === undefined) {
    throw new FormatError(
      source.name,
      path,
      `${describeType(metadata)} is not a supported number type`,
    );
  }
  return { dtype, shape: metadata.shape!, ...chunksOf(metadata) };
}

/** How a data set is cut into chunks; one that is not has none. */
function chunksOf({ shape, chunks, size }: Metadata) {
  if (chunks === null) {
    return { chunkRows: undefined, chunkBytes: 0, chunkCount: 0, chunksAcross: 0 };
  }
  const [down, ...across] = chunks.map((extent, axis) => Math.ceil(shape![axis] / extent));
  const chunksAcross = across.reduce((n, count) => n * count, 1);
  return {
    chunkRows: chunks[0],
    chunkBytes: chunks.reduce((bytes, extent) => bytes * extent, size),
    chunkCount: down * chunksAcross,
    chunksAcross,
  };
}

function checked(mounted: Mounted, path: string, source: ByteSource, limits: Limits): Metadata {
  const { library, id } = mounted;
  const fail = (reason: string) => new FormatError(source.name, path, reason);
  const metadata = mounted.call(path, () => library.get_dataset_metadata(id, absolute(path)));
  if (metadata.shape === null) throw fail("is empty, without a shape");
  if (metadata.virtual_sources !== undefined) throw fail("is a virtual data set over other files");
  const filters = mounted.call(path, () => library.get_dataset_filters(id, absolute(path)));
  const unknown = filters.find((filter) => !FILTERS.has(filter.id));
  if (unknown !== undefined) {
    throw fail(`filter ${unknown.name || "unnamed"} (id ${unknown.id}) is not supported`);
  }
  const count = countOf(metadata.shape);
  if (count === undefined) throw fail(`shape [${metadata.shape}] is too large`);
  const { chunkBytes, chunkCount, chunksAcross } = chunksOf(metadata);
  for (const bytes of [count * metadata.size, chunkBytes]) {
    const excess = excessOf(bytes, source.size, limits);
    if (excess !== undefined) throw fail(excess);
  }
  if (chunkCount > MAX_CHUNKS) {
    throw fail(`has ${chunkCount} chunks, the limit is ${MAX_CHUNKS}`);
  }
  if (chunksAcross > SLICE_CHUNKS) {
    throw fail(`has ${chunksAcross} chunks side by side, the limit is ${SLICE_CHUNKS}`);
  }
  return metadata;
}

/**
 * The values of a data set, fetched a few MiB at a time in whole chunks.
 *
 * @throws {FormatError} when a checksum fails or data are damaged
 */
export function readDataset(
  mounted: Mounted,
  path: string,
  { dtype, ...extent }: DatasetInfo,
  file: string,
): StoredTensor {
  const { shape } = extent;
  const bytes = new Uint8Array(countOf(shape)! * bytesOf(dtype));
  let at = 0;
  readSlices(mounted, path, { ...extent, size: bytesOf(dtype) }, (part) => {
    bytes.set(part, at);
    at += part.length;
  });
  try {
    return { dtype, shape, data: adopt(dtype, bytes) };
  } catch (error) {
    throw new FormatError(file, path, (error as Error).message);
  }
}

/**
 * Reads a data set of flat elements and drops the values; returns its shape. Of other types, which may hold pointers
 * to any amount of text, only the layout is checked.
 *
 * @param count hears of the bytes and chunks before they are read
 * @throws {FormatError} when it may not be read, a checksum fails or data are damaged
 */
export function verifyDataset(
  mounted: Mounted,
  path: string,
  source: ByteSource,
  limits: Limits,
  count: (bytes: number, chunks: number) => void,
): readonly number[] {
  const metadata = checked(mounted, path, source, limits);
  const { size, type, vlen } = metadata, shape = metadata.shape!, chunks = chunksOf(metadata);
  count(countOf(shape)! * size, chunks.chunkCount);
  if (!vlen && FLAT.has(type)) readSlices(mounted, path, { shape, size, ...chunks }, () => {});
  return shape;
}

interface Extent extends Omit<DatasetInfo, "dtype"> {
  /** Bytes per element. */
  readonly size: number;
}

/** Passes the bytes of a data set on in order; a part is valid only during the call. */
function readSlices(
  mounted: Mounted,
  path: string,
  { shape, chunkRows = 1, chunkBytes, chunksAcross, size }: Extent,
  use: (part: Uint8Array) => void,
): void {
  const rows = shape[0] ?? 1, rowBytes = shape.slice(1).reduce((n, d) => n * d, size);
  if (rows * rowBytes === 0) return;
  const bands = Math.floor(Math.min(SLICE / (rowBytes * chunkRows), SLICE_CHUNKS / chunksAcross));
  const step = Math.max(1, bands) * chunkRows;
  for (let row = 0; row < rows; row += step) {
    const count = Math.min(step, rows - row);
    const selected = shape.length === 0 ? null : [row, count, shape] as const;
    readRows(mounted, path, selected, { size: count * rowBytes, chunkBytes }, use);
  }
}

type Rows = readonly [begin: number, count: number, shape: readonly number[]];

function readRows(
  { library, id, call }: Mounted,
  path: string,
  rows: Rows | null,
  { size, chunkBytes }: { readonly size: number; readonly chunkBytes: number },
  use: (part: Uint8Array) => void,
): void {
  const big = (numbers: readonly number[]) => numbers.map(BigInt);
  const [begin, count, shape] = rows ?? [0, 0, []];
  const counts = rows && big([count, ...shape.slice(1)]);
  const offsets = rows && big([begin, ...shape.slice(1).map(() => 0)]);
  const strides = rows && big(shape.map(() => 1));
  call(path, () => {
    const at = library._malloc(size);
    if (at === 0) throw new Error(`no memory for ${size} bytes`);
    try {
      const status = library.get_dataset_data(
        id,
        absolute(path),
        counts,
        offsets,
        strides,
        BigInt(at),
      );
      if (status < 0) throw new Error("cannot be read");
      use(library.HEAPU8.subarray(at, at + size));
    } finally {
      library._free(at);
    }
  }, Math.max(size, chunkBytes));
}

/**
 * The values of a data set of strings, fixed or variable length.
 *
 * @throws {FormatError} when it holds anything else
 */
export function readStrings(
  mounted: Mounted,
  path: string,
  source: ByteSource,
  limits: Limits,
): readonly string[] {
  const metadata = checked(mounted, path, source, limits), rank = metadata.shape!.length;
  if (rank > 1) {
    throw new FormatError(source.name, path, `shape [${metadata.shape}], need a list of strings`);
  }
  const access = rank === 0 ? oneString(mounted, path) : listOfStrings(mounted, path);
  return stringsIn(mounted, path, metadata, source.name, access);
}

const oneString = ({ library, id }: Mounted, path: string): Access => ({
  read: (at) => library.get_dataset_data(id, absolute(path), null, null, null, BigInt(at)),
  reclaim: (at) => library.reclaim_vlen_memory(id, absolute(path), "", BigInt(at)),
});

const listOfStrings = ({ library, id }: Mounted, path: string): Access => ({
  read: (at, begin, count) => {
    const [from, size] = [begin, count].map((n) => [BigInt(n)]);
    return library.get_dataset_data(id, absolute(path), size, from, [1n], BigInt(at));
  },
  reclaim: (at, count) =>
    library.reclaim_vlen_memory_count(id, absolute(path), "", BigInt(at), [BigInt(count)]),
});
