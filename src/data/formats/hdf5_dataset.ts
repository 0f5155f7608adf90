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
import { stringsIn } from "./hdf5_string.ts";
import { describeType, dtypeOf, FLAT } from "./hdf5_type.ts";
import { excessOf, type Limits } from "./limits.ts";

/** Shape and element type of a numeric data set. */
export interface DatasetInfo {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Rows per stored chunk; undefined for contiguous storage. */
  readonly chunkRows: number | undefined;
}

/** Filters whose output the library checks: deflate, shuffle, Fletcher-32, n-bit and scale-offset. */
const FILTERS = new Set([1, 2, 3, 5, 6]);

/** Chunks of a data set: each costs the library microseconds and memory, however small it is. */
const MAX_CHUNKS = 300_000;

/** Bytes read at once, so that the library's heap stays small. */
const SLICE = 8 * 2 ** 20;

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
  return { dtype, shape: metadata.shape!, chunkRows: metadata.chunks?.[0] };
}

function checked(mounted: Mounted, path: string, source: ByteSource, limits: Limits): Metadata {
  const { library, id } = mounted;
  const fail = (reason: string) => new FormatError(source.name, path, reason);
  const metadata = mounted.call(path, () => library.get_dataset_metadata(id, `/${path}`));
  if (metadata.shape === null) throw fail("is empty, without a shape");
  if (metadata.virtual_sources !== undefined) throw fail("is a virtual data set over other files");
  const filters = mounted.call(path, () => library.get_dataset_filters(id, `/${path}`));
  const unknown = filters.find((filter) => !FILTERS.has(filter.id));
  if (unknown !== undefined) {
    throw fail(`filter ${unknown.name || "unnamed"} (id ${unknown.id}) is not supported`);
  }
  const chunk = (metadata.chunks ?? []).reduce((n, d) => n * d, 1) * metadata.size;
  for (const bytes of [metadata.total_size * metadata.size, chunk]) {
    const excess = excessOf(bytes, source.size, limits);
    if (excess !== undefined) throw fail(excess);
  }
  const chunks = chunkCount(metadata);
  if (chunks > MAX_CHUNKS) throw fail(`has ${chunks} chunks, the limit is ${MAX_CHUNKS}`);
  return metadata;
}

const chunkCount = ({ shape, chunks }: Metadata): number =>
  (chunks ?? []).reduce((count, rows, axis) => count * Math.ceil(shape![axis] / rows), 1);

/**
 * The values of a data set, fetched a few MiB at a time in whole chunks.
 *
 * @throws {FormatError} when a checksum fails or data are damaged
 */
export function readDataset(
  mounted: Mounted,
  path: string,
  { dtype, shape, chunkRows }: DatasetInfo,
  file: string,
): StoredTensor {
  const bytes = new Uint8Array(countOf(shape)! * bytesOf(dtype));
  let at = 0;
  readSlices(mounted, path, { shape, chunkRows, size: bytesOf(dtype) }, (part) => {
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
 * Reads a data set of flat elements and drops the values; returns its shape and how many bytes that were. Of other
 * types, which may hold pointers to any amount of text, only the layout is checked.
 *
 * @throws {FormatError} when it may not be read, a checksum fails or data are damaged
 */
export function verifyDataset(
  mounted: Mounted,
  path: string,
  source: ByteSource,
  limits: Limits,
): { readonly shape: readonly number[]; readonly bytes: number } {
  const metadata = checked(mounted, path, source, limits);
  const { shape, chunks, size, type, vlen } = metadata;
  if (!vlen && FLAT.has(type)) {
    readSlices(mounted, path, { shape: shape!, chunkRows: chunks?.[0], size }, () => {});
  }
  return { shape: shape!, bytes: metadata.total_size * size };
}

interface Extent {
  readonly shape: readonly number[];
  readonly chunkRows: number | undefined;
  /** Bytes per element. */
  readonly size: number;
}

/** Passes the bytes of a data set on in order; a part is valid only during the call. */
function readSlices(
  mounted: Mounted,
  path: string,
  { shape, chunkRows = 1, size }: Extent,
  use: (part: Uint8Array) => void,
): void {
  const rows = shape[0] ?? 1, rowBytes = shape.slice(1).reduce((n, d) => n * d, size);
  if (rows * rowBytes === 0) return;
  const step = Math.max(1, Math.floor(SLICE / (rowBytes * chunkRows))) * chunkRows;
  for (let row = 0; row < rows; row += step) {
    const count = Math.min(step, rows - row);
    const selected = shape.length === 0 ? null : [row, count, shape] as const;
    readRows(mounted, path, selected, count * rowBytes, use);
  }
}

type Rows = readonly [begin: number, count: number, shape: readonly number[]];

function readRows(
  { library, id, call }: Mounted,
  path: string,
  rows: Rows | null,
  size: number,
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
      const status = library.get_dataset_data(id, `/${path}`, counts, offsets, strides, BigInt(at));
      if (status < 0) throw new Error("cannot be read");
      use(library.HEAPU8.subarray(at, at + size));
    } finally {
      library._free(at);
    }
  });
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
  const metadata = checked(mounted, path, source, limits);
  const { library, id } = mounted;
  return stringsIn(mounted, path, metadata, source.name, {
    read: (at) => library.get_dataset_data(id, `/${path}`, null, null, null, BigInt(at)),
    reclaim: (at) => library.reclaim_vlen_memory(id, `/${path}`, "", BigInt(at)),
  });
}
