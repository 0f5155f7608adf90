/**
 * PyTorch checkpoints (`torch.save`, zip format), read as data.
 *
 * @see https://docs.pytorch.org/docs/stable/notes/serialization.html
 * @module
 */
import { FormatError, quote } from "../../provenance/format_error.ts";
import {
  adopt,
  bytesOf,
  type StoredData,
  type StoredTensor,
} from "../../provenance/stored_tensor.ts";
import type { ByteSource } from "./byte_source.ts";
import { DEFAULT_LIMITS, excessOf, type Limits } from "./limits.ts";
import { parsePickle, type PickleValue } from "./pickle.ts";
import { gather } from "./strided.ts";
import { lastElement, tensorBytes, TorchStorage, TorchTensor, torchTypes } from "./torch_types.ts";
import { isZip } from "./zip_directory.ts";
import { openZip, type ZipFile } from "./zip_reader.ts";

/** Most bytes of the pickle, which holds no numbers of tensors: some 150 bytes for each. */
const MAX_PICKLE = 2 ** 20;

/** An open checkpoint. */
export interface PtFile {
  readonly name: string;
  /** The pickled object; tensors appear as {@link TorchTensor}. */
  readonly root: PickleValue;
  /** The values of a tensor in row-major order; `place` is what messages call it. */
  read(tensor: TorchTensor, place: string): StoredTensor;
}

/**
 * Opens a checkpoint. Storages are read when a tensor that views them is.
 *
 * @throws {FormatError} naming the place and the reason
 */
export function openPt(source: ByteSource, limits: Limits = DEFAULT_LIMITS): PtFile {
  requireZip(source);
  const zip = openZip(source, limits);
  const pickles = zip.names.filter((name) => name.endsWith("/data.pkl"));
  if (zip.names.some((name) => name.endsWith("/constants.pkl"))) {
    const advice = "load it in PyTorch and save its state_dict() with torch.save";
    throw new FormatError(source.name, "", `is a TorchScript archive of torch.jit.save, ${advice}`);
  }
  if (pickles.length !== 1) {
    const found = pickles.length === 0 ? "data.pkl is missing" : `${pickles.length} data.pkl`;
    throw new FormatError(source.name, "", `is no checkpoint of torch.save, ${found}`);
  }
  const folder = pickles[0].slice(0, -"data.pkl".length);
  requireLittleEndian(zip, folder, source.name);
  if (zip.sizeOf(pickles[0]) > MAX_PICKLE) {
    const reason = `declares ${zip.sizeOf(pickles[0])} bytes, the limit is ${MAX_PICKLE}`;
    throw new FormatError(source.name, "data.pkl", reason);
  }
  const storages = new Map<string, StoredData>();
  const storageOf = (storage: TorchStorage, place: string): StoredData => {
    const id = `${storage.key} ${storage.dtype} ${storage.count}`;
    const data = storages.get(id) ?? readStorage(zip, folder, storage, source.name, place);
    storages.set(id, data);
    return data;
  };
  let total = 0;
  return {
    name: source.name,
    root: parseRoot(zip.read(pickles[0]), source.name),
    read: (tensor, place) => {
      const { storage, shape, strides, offset } = tensor;
      requireInside(tensor, source.name, place);
      total += tensorBytes(tensor);
      const excess = excessOf(total, source.size, limits);
      if (excess !== undefined) {
        throw new FormatError(source.name, `tensor ${quote(place)}`, excess);
      }
      const data = gather(storageOf(storage, place), shape, strides, offset);
      return { dtype: storage.dtype, shape, data };
    },
  };
}

function requireInside(tensor: TorchTensor, file: string, place: string): void {
  const last = lastElement(tensor), { storage, shape } = tensor;
  if (last < storage.count) return;
  throw new FormatError(
    file,
    `tensor ${quote(place)}`,
    `shape [${shape}] reaches element ${last} of storage data/${storage.key}, which has ${storage.count}`,
  );
}

function requireZip(source: ByteSource): void {
  if (isZip(source)) return;
  const head = source.read(0, Math.min(3, source.size)),
    legacy = head[0] === 0x80 && head[2] === 0x8a;
  throw new FormatError(
    source.name,
    "",
    legacy
      ? "is in PyTorch's legacy format from before version 1.6, load and save it with a newer torch"
      : "is no PyTorch checkpoint, it does not start as a zip file",
  );
}

function requireLittleEndian(zip: ZipFile, folder: string, file: string): void {
  const name = `${folder}byteorder`;
  if (!zip.has(name)) return;
  const order = new TextDecoder().decode(zip.read(name));
  if (order !== "little") throw new FormatError(file, name, `byte order ${quote(order)}`);
}

function parseRoot(bytes: Uint8Array, file: string): PickleValue {
  try {
    return parsePickle(bytes, torchTypes);
  } catch (error) {
    throw new FormatError(file, "data.pkl", (error as Error).message);
  }
}

function readStorage(
  zip: ZipFile,
  folder: string,
  { dtype, key, count }: TorchStorage,
  file: string,
  place: string,
): StoredData {
  const fail = (reason: string) =>
    new FormatError(file, `tensor ${quote(place)}`, `storage data/${key} ${reason}`);
  if (!zip.has(`${folder}data/${key}`)) throw fail("is missing");
  const bytes = zip.read(`${folder}data/${key}`);
  if (bytes.length !== count * bytesOf(dtype)) {
    throw fail(`declares ${count} ${dtype} values, its entry holds ${bytes.length} bytes`);
  }
  try {
    return adopt(dtype, bytes);
  } catch (error) {
    throw fail((error as Error).message);
  }
}
