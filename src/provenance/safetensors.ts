/**
 * Safetensors: eight bytes of little-endian header length, a JSON header, the tensors' bytes without gaps.
 *
 * @see https://github.com/huggingface/safetensors#format
 * @module
 */
import { FormatError, quote } from "./format_error.ts";
import {
  bytesOf,
  countOf,
  decode,
  type DType,
  encode,
  isDType,
  type StoredTensor,
} from "./stored_tensor.ts";
import { decodeUtf8, type Json, parseJson } from "./strict_json.ts";

/** The content of a file; tensors in the order of their bytes. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Entry {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

const MAX_HEADER = 100_000_000;

/**
 * The tensors and metadata of a file. Values are copies. The bytes must be covered by tensors exactly once.
 *
 * @throws {FormatError} naming the tensor and the reason
 */
export function parseSafetensors(bytes: Uint8Array, file = "safetensors"): Safetensors {
  const { header, start } = readHeader(bytes, file);
  const { __metadata__, ...rest } = header;
  const entries = Object.entries(rest).map(([name, value]) => entryOf(name, value, file));
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  requireTiling(entries, bytes.length - start, file);
  return {
    tensors: new Map(entries.map((e) => [e.name, tensorOf(e, bytes.subarray(start), file)])),
    metadata: metadataOf(__metadata__, file),
  };
}

function readHeader(bytes: Uint8Array, file: string) {
  if (bytes.length < 8) {
    throw new FormatError(file, "header", `${bytes.length} bytes, need at least 8`);
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > MAX_HEADER || Number(length) > bytes.length - 8) {
    throw new FormatError(
      file,
      "header",
      `declares ${length} bytes, ${bytes.length - 8} follow and ${MAX_HEADER} are allowed`,
    );
  }
  const start = 8 + Number(length);
  const text = decodeUtf8(bytes.subarray(8, start), file, "header");
  const header = parseJson(text, `${file} header`, { keepProtoKey: true });
  if (!isObject(header) || !text.startsWith("{")) {
    throw new FormatError(file, "header", "not a JSON object");
  }
  return { header, start };
}

const isObject = (value: unknown): value is { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function entryOf(name: string, value: Json, file: string): Entry {
  const fail = (reason: string): never => {
    throw new FormatError(file, `tensor ${quote(name)}`, reason);
  };
  if (!isObject(value)) return fail("entry is not an object");
  const { dtype, shape, data_offsets: offsets, ...unknown } = value;
  const [extra] = Object.keys(unknown);
  if (extra !== undefined) return fail(`unknown field ${quote(extra)}`);
  if (!isDType(dtype)) return fail(`dtype ${quote(String(dtype))} is not supported`);
  if (!Array.isArray(shape)) return fail("shape is not a list");
  if (!Array.isArray(offsets) || offsets.length !== 2 || countOf(offsets) === undefined) {
    return fail("data_offsets are not two sizes");
  }
  const [begin, end] = offsets as number[];
  if (begin > end) return fail(`data_offsets [${begin}, ${end}] are reversed`);
  const count = countOf(shape);
  if (count === undefined) return fail(`shape [${shape}] is not made of sizes`);
  if (count * bytesOf(dtype) !== end - begin) {
    return fail(
      `${dtype} of shape [${shape}] needs ${
        count * bytesOf(dtype)
      } bytes, data_offsets [${begin}, ${end}] span ${end - begin}`,
    );
  }
  return { name, dtype, shape, begin, end };
}

/** Requires that sorted entries cover [0, size) without gap or overlap. */
function requireTiling(entries: readonly Entry[], size: number, file: string): void {
  let at = 0;
  for (const { name, begin, end } of entries) {
    const fail = (reason: string) => new FormatError(file, `tensor ${quote(name)}`, reason);
    if (begin < at) throw fail(`bytes [${begin}, ${end}) overlap the tensor that ends at ${at}`);
    if (begin > at) throw fail(`bytes [${at}, ${begin}) before it belong to no tensor`);
    if (end > size) throw fail(`ends at byte ${end}, the data section has ${size} bytes`);
    at = end;
  }
  if (at !== size) throw new FormatError(file, "data", `${size - at} bytes after the last tensor`);
}

function tensorOf({ name, dtype, shape, begin, end }: Entry, data: Uint8Array, file: string) {
  try {
    return { dtype, shape, data: decode(dtype, data.subarray(begin, end)) };
  } catch (error) {
    throw new FormatError(file, `tensor ${quote(name)}`, (error as Error).message);
  }
}

function metadataOf(value: Json | undefined, file: string): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  if (!isObject(value)) throw new FormatError(file, "__metadata__", "not an object");
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string") {
      throw new FormatError(file, `__metadata__ ${quote(key)}`, "only strings are allowed");
    }
  }
  return value as Readonly<Record<string, string>>;
}

/**
 * The bytes of a file, a function of the arguments alone: tensors by falling element size (so each is aligned),
 * among equals in the order given; metadata by key; the header padded with spaces to a multiple of 8.
 *
 * @throws {RangeError} when a shape does not hold its data, a name is `__metadata__`, or a type cannot be written
 */
export function formatSafetensors(
  tensors: Iterable<readonly [name: string, tensor: StoredTensor]>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const sorted = Array.from(tensors).sort(([, a], [, b]) => bytesOf(b.dtype) - bytesOf(a.dtype));
  const fields: [string, unknown][] = [];
  if (Object.keys(metadata).length > 0) {
    fields.push(["__metadata__", Object.fromEntries(Object.entries(metadata).sort(byKey))]);
  }
  let size = 0;
  for (const [name, { dtype, shape, data }] of sorted) {
    requireWritable(name, { dtype, shape, data });
    fields.push([name, { dtype, shape, data_offsets: [size, size += data.byteLength] }]);
  }
  if (new Set(fields.map(([name]) => name)).size !== fields.length) {
    throw new RangeError("Cannot write safetensors: a name occurs twice");
  }
  const text = new TextEncoder().encode(textOf(fields));
  const bytes = new Uint8Array(8 + text.length + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  let at = 8 + text.length;
  for (const [, { data }] of sorted) {
    bytes.set(encode(data), at);
    at += data.byteLength;
  }
  return bytes;
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** The header in the order given; an object literal would move integer-like names to the front. */
function textOf(fields: readonly (readonly [string, unknown])[]): string {
  const members = fields.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const text = `{${members.join(",")}}`;
  return text + " ".repeat(-new TextEncoder().encode(text).length & 7);
}

function requireWritable(name: string, { dtype, shape, data }: StoredTensor): void {
  const fail = (reason: string) =>
    new RangeError(`Cannot write safetensors: ${quote(name)}: ${reason}`);
  if (name === "__metadata__") throw fail("this name is reserved");
  if (dtype === "BF16") throw fail("BF16 can only be read, write F32");
  if (countOf(shape) !== data.length || data.BYTES_PER_ELEMENT !== bytesOf(dtype)) {
    throw fail(`${dtype} of shape [${shape}] does not hold ${data.length} values`);
  }
}
