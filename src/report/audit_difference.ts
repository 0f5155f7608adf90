/**
 * Where two snapshots of the same run part: the parameter leaf, the position and the distance.
 *
 * @module
 */
import { restore } from "../provenance/snapshot.ts";
import type { Json } from "../provenance/strict_json.ts";
import type { Leaf } from "../tensor/params.ts";

/** A snapshot: its tree, and the bytes of its arrays by digest. */
export interface Side {
  readonly tree: Json;
  blob(digest: string): Uint8Array;
}

type Fields = Readonly<Record<string, Json>>;
type Numbers = Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array;

/**
 * The first place where `found` is not `recorded`, as text: `state.actor.theta network.0.weight[118]: 0.25 ≠ 0.5,
 * 8388608 ulps, 3 of 400 values differ`; undefined when they are equal.
 *
 * @throws {RangeError} when an array is corrupt
 */
export const firstDifference = (recorded: Side, found: Side): string | undefined =>
  compare(recorded, found, recorded.tree, found.tree, "");

/** The same for two values without arrays of bytes. */
export function jsonDifference(recorded: Json, found: Json): string | undefined {
  const side = (tree: Json): Side => ({ tree, blob: () => new Uint8Array() });
  return firstDifference(side(recorded), side(found));
}

function compare(a: Side, b: Side, x: Json, y: Json, place: string): string | undefined {
  if (!isObject(x) || !isObject(y)) {
    return Object.is(x, y) ? undefined : `${place}: ${text(x)} ≠ ${text(y)}`;
  }
  if ("$array" in x && "$array" in y) {
    return x.digest === y.digest ? undefined : compareArrays(a, b, x, y, place);
  }
  // States before logs: a log differs because a state does. Items of a list by their number.
  const keys = [...new Set([...Object.keys(x), ...Object.keys(y)])].sort(byWeight);
  for (const key of keys) {
    const difference = compare(a, b, x[key], y[key], place === "" ? key : `${place}.${key}`);
    if (difference === undefined) continue;
    return isParams(x) && key === "data"
      ? difference.replace(/\.data\[(\d+)\]/, (_, at) => ` ${leafAt(x.layout, Number(at))}`)
      : difference;
  }
  return undefined;
}

const byWeight = (a: string, b: string): number =>
  Number(b === "state") - Number(a === "state") || Number(a) - Number(b) || (a < b ? -1 : 1);

/** Whether a value has fields. */
export const isObject = (value: Json | undefined): value is Fields =>
  typeof value === "object" && value !== null;

/** Whether a part of a tree is the parameters of a network. */
export const isParams = (value: Fields): value is Fields & { readonly layout: Json } =>
  Array.isArray(value.layout) && isObject(value.data);

/** `network.0.weight[118]`: the leaf and the position in it of a position in the flat vector. */
function leafAt(layout: Json, at: number): string {
  const leaves = layout as unknown as readonly Leaf[];
  const leaf = leaves.findLast(({ offset }) => offset <= at)!;
  return `${leaf.name}[${at - leaf.offset}]`;
}

function compareArrays(a: Side, b: Side, x: Fields, y: Fields, place: string): string {
  const recorded = restore(x, (digest) => a.blob(digest)) as Numbers;
  const found = restore(y, (digest) => b.blob(digest)) as Numbers;
  if (x.$array !== y.$array || recorded.length !== found.length) {
    return `${place}: ${x.$array}[${recorded.length}] ≠ ${y.$array}[${found.length}]`;
  }
  const differing = [...recorded.keys()].filter((i) => !Object.is(recorded[i], found[i]));
  const [at] = differing;
  if (at === undefined) return `${place}: bits of NaN differ`;
  const distance = ulps(recorded[at], found[at], recorded);
  return `${place}[${at}]: ${recorded[at]} ≠ ${found[at]}, ${distance}, ` +
    `${differing.length} of ${recorded.length} values differ`;
}

/** How many representable numbers lie between two, in the array's own precision. */
function ulps(x: number, y: number, { BYTES_PER_ELEMENT, constructor }: Numbers): string {
  const isFloat = constructor === Float32Array || constructor === Float64Array;
  if (!isFloat) return `${Math.abs(x - y)} apart`;
  const steps = ordinal(x, BYTES_PER_ELEMENT) - ordinal(y, BYTES_PER_ELEMENT);
  const count = steps < 0n ? -steps : steps;
  return `${count} ${count === 1n ? "ulp" : "ulps"}`;
}

/** The position of a float among all floats of its size. */
function ordinal(x: number, bytes: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  if (bytes === 4) view.setFloat32(0, x);
  else view.setFloat64(0, x);
  const bits = bytes === 4 ? BigInt(view.getInt32(0)) : view.getBigInt64(0);
  const smallest = bytes === 4 ? -(2n ** 31n) : -(2n ** 63n);
  return bits < 0n ? smallest - bits : bits;
}

const LONGEST = 80;

function text(value: Json | undefined): string {
  const whole = value === undefined ? "absent" : JSON.stringify(value);
  return whole.length > LONGEST ? `${whole.slice(0, LONGEST)}…` : whole;
}
