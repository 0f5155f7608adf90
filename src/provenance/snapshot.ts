/**
 * Immutable values to bytes and back, bit for bit.
 *
 * A snapshot is a tree of JSON with every typed array replaced by the digest of its bytes. Equal values have
 * equal trees, and an array that outlives many snapshots (a segment of a replay) is the same blob in each.
 *
 * @module
 */
import { sha256 } from "./digest.ts";
import type { Json } from "./strict_json.ts";

/** The arrays that values may hold, by their names in a tree. */
const ARRAYS = {
  F32: Float32Array,
  F64: Float64Array,
  I32: Int32Array,
  U32: Uint32Array,
  U8: Uint8Array,
} as const;
type ArrayName = keyof typeof ARRAYS;
type NumberArray = InstanceType<typeof ARRAYS[ArrayName]>;

/** A value taken apart. */
export interface Snapshot {
  readonly tree: Json;
  /** The bytes of every array, by digest; views of the value's memory. */
  readonly blobs: ReadonlyMap<string, Uint8Array>;
}

/**
 * Takes a value made of records, lists, numbers, texts, booleans, null and typed arrays apart. Fields that are
 * undefined are absent afterwards.
 *
 * @throws {TypeError} at a function, class instance or anything else; the message says where
 */
export function snapshot(value: unknown): Snapshot {
  const blobs = new Map<string, Uint8Array>();
  const tree = treeOf(value, "value", (array) => {
    const digest = arrayDigest(array);
    blobs.set(digest, bytesOf(array));
    return digest;
  });
  return { tree, blobs };
}

/**
 * Puts a value together again.
 *
 * @param blob gives the bytes of a digest
 * @throws {RangeError} when bytes do not have their digest or a tree is malformed
 */
export function restore(tree: Json, blob: (digest: string) => Uint8Array): unknown {
  if (Array.isArray(tree)) return tree.map((item) => restore(item, blob));
  if (typeof tree !== "object" || tree === null) return tree;
  const { $number, $array, digest } = tree as Readonly<Record<string, Json>>;
  if (typeof $number === "string") return Number($number);
  if (typeof $array === "string") return arrayFrom($array, String(digest), blob);
  return Object.fromEntries(Object.entries(tree).map(([key, item]) => [key, restore(item, blob)]));
}

/** The digests of the arrays in a tree. */
export function blobsOf(tree: Json): Set<string> {
  if (typeof tree !== "object" || tree === null) return new Set();
  const { $array, digest } = tree as Readonly<Record<string, Json>>;
  if ($array !== undefined) return new Set([String(digest)]);
  return new Set(Object.values(tree).flatMap((item) => [...blobsOf(item)]));
}

function treeOf(value: unknown, place: string, keep: (array: NumberArray) => string): Json {
  if (typeof value === "number") {
    const plain = Number.isFinite(value) && !Object.is(value, -0);
    return plain ? value : { $number: Object.is(value, -0) ? "-0" : String(value) };
  }
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  const name = arrayName(value);
  if (name !== undefined) return { $array: name, digest: keep(value as NumberArray) };
  if (Array.isArray(value)) return value.map((item, i) => treeOf(item, `${place}[${i}]`, keep));
  if (typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) {
    throw new TypeError(`Cannot take a snapshot: found ${typeof value} ${value} at ${place}`);
  }
  const fields = Object.entries(value).filter(([, item]) => item !== undefined);
  const reserved = fields.find(([key]) => key.startsWith("$"));
  if (reserved) throw new TypeError(`Cannot take a snapshot: found ${reserved[0]} at ${place}`);
  return Object.fromEntries(
    fields.map(([key, item]) => [key, treeOf(item, `${place}.${key}`, keep)]),
  );
}

const arrayName = (value: unknown): ArrayName | undefined =>
  (Object.keys(ARRAYS) as ArrayName[]).find((name) => value instanceof ARRAYS[name]);

const bytesOf = (array: NumberArray): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Arrays never change, so each is hashed once. */
const digests = new WeakMap<NumberArray, string>();

function arrayDigest(array: NumberArray): string {
  const digest = digests.get(array) ?? sha256(bytesOf(array));
  digests.set(array, digest);
  return digest;
}

function arrayFrom(
  name: string,
  digest: string,
  blob: (digest: string) => Uint8Array,
): NumberArray {
  const kind = ARRAYS[name as ArrayName];
  const bytes = blob(digest);
  if (kind === undefined || bytes.length % kind.BYTES_PER_ELEMENT !== 0) {
    throw new RangeError(`Cannot restore: ${bytes.length} bytes are no array of ${name}`);
  }
  const found = sha256(bytes);
  if (found !== digest) {
    throw new RangeError(`Cannot restore: array ${digest} is corrupt, its bytes are ${found}`);
  }
  const array = new kind(bytes.slice().buffer);
  digests.set(array, digest);
  return array;
}
