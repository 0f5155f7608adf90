/**
 * HDF5 files: groups, numeric data sets, strings and attributes, read strictly.
 *
 * @see https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html
 * @module
 */
import { FormatError } from "../../provenance/format_error.ts";
import { bytesOf, countOf, type StoredTensor } from "../../provenance/stored_tensor.ts";
import type { ByteSource } from "./byte_source.ts";
import { attributeOf, type AttributeValue } from "./hdf5_attribute.ts";
import {
  type DatasetInfo,
  infoOf,
  readDataset,
  readStrings,
  verifyDataset,
} from "./hdf5_dataset.ts";
import { type Mounted, mountHdf5 } from "./hdf5_library.ts";
import { absolute, type Hdf5Kind, linksOf } from "./hdf5_links.ts";
import { DEFAULT_LIMITS, excessOf, type Limits } from "./limits.ts";

/** An open file. Paths have no leading slash; the empty path is the root group. */
export interface Hdf5File {
  readonly name: string;
  /** What a path leads to. External and dangling links are refused with an error, never followed. */
  kindOf(path: string): Hdf5Kind;
  /** Names in a group, in the file's order. */
  namesIn(path: string): readonly string[];
  /** Where the object of a path lies in the file: the same through every link to it. */
  addressOf(path: string): bigint;
  /** Shape and element type of a numeric data set, without reading it. */
  infoOf(path: string): DatasetInfo;
  /** The values of a numeric data set. */
  read(path: string): StoredTensor;
  /** Reads all bytes of a data set without keeping them, so that checksums are checked; returns its shape. */
  verify(path: string): readonly number[];
  /** The values of a data set of strings. */
  readStrings(path: string): readonly string[];
  /** An attribute of a group or data set; undefined when absent. */
  attribute(path: string, name: string): AttributeValue | undefined;
}

/**
 * Runs `body` on an open file and closes it.
 *
 * @throws {FormatError} naming the path and the reason, here and from every function of the file
 */
export async function withHdf5<T>(
  source: ByteSource,
  body: (file: Hdf5File) => T,
  limits: Limits = DEFAULT_LIMITS,
): Promise<T> {
  const mounted = await mountHdf5(source);
  try {
    return body(fileOf(mounted, source, limits));
  } finally {
    mounted.close();
  }
}

/** The same file, telling of each path before it is touched. */
export function announced(file: Hdf5File, onPlace: (place: string) => void): Hdf5File {
  const tell =
    <A extends readonly unknown[], R>(call: (path: string, ...rest: A) => R) =>
    (path: string, ...rest: A): R => {
      onPlace(path);
      return call(path, ...rest);
    };
  return {
    name: file.name,
    kindOf: tell(file.kindOf),
    namesIn: tell(file.namesIn),
    addressOf: tell(file.addressOf),
    infoOf: tell(file.infoOf),
    read: tell(file.read),
    verify: tell(file.verify),
    readStrings: tell(file.readStrings),
    attribute: (path, name) => {
      onPlace(`attribute ${name} of ${path}`);
      return file.attribute(path, name);
    },
  };
}

function fileOf(mounted: Mounted, source: ByteSource, limits: Limits): Hdf5File {
  const links = linksOf(mounted, source.name), { kindOf, addressOf } = links;
  const require = (path: string, kind: Hdf5Kind) => {
    const found = kindOf(path);
    if (found !== kind) {
      throw new FormatError(source.name, path, found === "absent" ? "missing" : `is a ${found}`);
    }
    if (kind === "dataset") links.countRead(path);
  };
  const count = counterOf(source, limits);
  const info = (path: string) => {
    require(path, "dataset");
    return infoOf(mounted, path, source, limits);
  };
  return {
    name: source.name,
    kindOf,
    addressOf,
    namesIn: (path) => {
      require(path, "group");
      return links.namesIn(path);
    },
    infoOf: (path) => info(path),
    read: (path) => {
      const found = info(path);
      count(path, countOf(found.shape)! * bytesOf(found.dtype), found.chunkCount, true);
      return readDataset(mounted, path, found, source.name);
    },
    verify: (path) => {
      require(path, "dataset");
      return verifyDataset(
        mounted,
        path,
        source,
        limits,
        (bytes, chunks) => count(path, bytes, chunks, false),
      );
    },
    readStrings: (path) => {
      require(path, "dataset");
      return readStrings(mounted, path, source, limits);
    },
    attribute: (path, name) => {
      if (kindOf(path) === "absent") throw new FormatError(source.name, path, "missing");
      return attributeOf(mounted, absolute(path), name, source.name);
    },
  };
}

/** Chunks of all data sets that a file of any size may have, and bytes that each further one must take in it. */
const FREE_CHUNKS = 50_000, BYTES_PER_CHUNK = 16;

/**
 * Counts the bytes and chunks of all reads: through many links to one data set, or chunks that were never written, a
 * small file could claim any amount.
 */
function counterOf({ name, size }: ByteSource, limits: Limits) {
  const mostChunks = FREE_CHUNKS + Math.floor(size / BYTES_PER_CHUNK);
  let kept = 0, all = 0, allChunks = 0;
  return (path: string, bytes: number, chunks: number, isKept: boolean): void => {
    allChunks += chunks;
    if (allChunks > mostChunks) {
      const reason = `with all before it has ${allChunks} chunks, the limit is ${mostChunks}`;
      throw new FormatError(name, path, reason);
    }
    all += bytes;
    if (isKept) kept += bytes;
    const excess = excessOf(kept, size, limits) ??
      excessOf(all, size, { ...limits, maxBytes: Infinity });
    if (excess !== undefined) throw new FormatError(name, path, `with all before it ${excess}`);
  };
}
