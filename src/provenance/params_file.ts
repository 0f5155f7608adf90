/**
 * Parameters to and from stored tensors.
 *
 * @module
 */
import { layoutOf, type Leaf, leafOf, type Params, sizeOf } from "../tensor/params.ts";
import { FormatError, quote } from "./format_error.ts";
import { formatSafetensors } from "./safetensors.ts";
import type { StoredTensor } from "./stored_tensor.ts";

/**
 * The leaves of parameters as F32 tensors, each name behind `prefix`, for a file of several parameter sets.
 */
export function tensorsOf(params: Params, prefix = ""): [name: string, tensor: StoredTensor][] {
  return params.layout.map(({ name, shape }) => [
    prefix + name,
    { dtype: "F32", shape, data: leafOf(params, name).data.slice() as Float32Array },
  ]);
}

/** The bytes of a safetensors file of parameters, leaves in layout order. */
export const paramsToSafetensors = (
  params: Params,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array => formatSafetensors(tensorsOf(params), metadata);

/**
 * The tensors whose name starts with `prefix` as parameters, the prefix removed.
 *
 * With a layout, leaves take its order and must have its names and shapes exactly; without, the order of the file.
 *
 * @throws {FormatError} at a missing, extra or misshapen tensor, one that is not F32 (F16 and BF16 widen), or a
 *   number that is not finite
 */
export function paramsFrom(
  tensors: ReadonlyMap<string, StoredTensor>,
  { prefix = "", layout, file = "checkpoint" }: {
    readonly prefix?: string;
    readonly layout?: readonly Leaf[];
    readonly file?: string;
  } = {},
): Params {
  const found = new Map(
    [...tensors].filter(([name]) => name.startsWith(prefix))
      .map(([name, t]) => [name.slice(prefix.length), t]),
  );
  const leaves = layout ?? layoutOf([...found].map(([name, { shape }]) => [name, shape]));
  const names = new Set(leaves.map((leaf) => leaf.name));
  const extra = [...found.keys()].find((name) => !names.has(name));
  if (extra !== undefined) {
    throw new FormatError(file, `tensor ${quote(prefix + extra)}`, "the network has no such leaf");
  }
  const data = new Float32Array(sizeOf(leaves));
  for (const leaf of leaves) {
    data.set(valuesOf(found.get(leaf.name), leaf, prefix, file), leaf.offset);
  }
  return { layout: leaves, data };
}

function valuesOf(
  t: StoredTensor | undefined,
  leaf: Leaf,
  prefix: string,
  file: string,
): ArrayLike<number> {
  const fail = (reason: string) =>
    new FormatError(file, `tensor ${quote(prefix + leaf.name)}`, reason);
  if (t === undefined) throw fail("missing");
  if (t.shape.length !== leaf.shape.length || t.shape.some((d, i) => d !== leaf.shape[i])) {
    throw fail(`shape [${t.shape}], the network has [${leaf.shape}]`);
  }
  if (t.dtype !== "F32" && t.dtype !== "F16" && t.dtype !== "BF16") {
    throw fail(`dtype ${t.dtype}, parameters are F32`);
  }
  const data = t.data as Float32Array | Float16Array;
  const bad = data.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) throw fail(`number ${bad} is ${data[bad]}`);
  return data;
}
