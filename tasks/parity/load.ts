/**
 * Reads one case: a sidecar and its arrays, each checked against the other.
 *
 * @module
 */
import { join } from "@std/path";
import { parseSafetensors } from "../../src/provenance/safetensors.ts";
import { type StoredTensor, toFloat64 } from "../../src/provenance/stored_tensor.ts";
import { parseJson } from "../../src/provenance/strict_json.ts";
import { list, readBytes } from "../io.ts";
import type { ParityCase, StoredArray } from "./case.ts";

const CASE_FILE = /^(?!index\.json$)(.+)\.(json|safetensors)$/;

/** The cases of a folder: every sidecar and every array file, in the order of their names. */
export function caseNames(folder: string): string[] {
  const stems = list(folder).map((name) => CASE_FILE.exec(name)?.[1]);
  return [...new Set(stems.filter((stem) => stem !== undefined))];
}

/**
 * A case of a folder.
 *
 * @throws {Error} when a file is missing, malformed or does not agree with the other
 */
export function loadCase(folder: string, name: string): ParityCase {
  const sidecar = parseJson(readBytes(join(folder, `${name}.json`)), `${name}.json`);
  const file = `${name}.safetensors`;
  const { tensors } = parseSafetensors(readBytes(join(folder, file)), file);
  const { kind, config, arrays: declared } = requireSidecar(sidecar, name);
  const arrays = Object.fromEntries([...tensors].map(([key, t]) => [key, stored(key, t)]));
  for (const key of new Set([...Object.keys(declared), ...Object.keys(arrays)])) {
    const [here, there] = [describe(arrays[key]), describe(declared[key])];
    if (here !== there) {
      throw new TypeError(`${name}: ${key} is ${here} in the arrays, ${there} in the sidecar`);
    }
  }
  return { name, kind, config, sidecar, arrays };
}

interface Sidecar {
  readonly kind: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly arrays: Readonly<Record<string, StoredArray>>;
}

function requireSidecar(value: unknown, name: string): Sidecar {
  const isRecord = (x: unknown) => typeof x === "object" && x !== null && !Array.isArray(x);
  const { case: stated, kind, config, arrays } = (isRecord(value) ? value : {}) as Record<
    string,
    unknown
  >;
  if (stated !== name) throw new TypeError(`${name}: the sidecar is of case ${stated}`);
  if (typeof kind !== "string") throw new TypeError(`${name}: the sidecar states no kind`);
  if (!isRecord(config)) throw new TypeError(`${name}: the sidecar has no config`);
  if (!isRecord(arrays)) throw new TypeError(`${name}: the sidecar lists no arrays`);
  return { kind, config: config as Sidecar["config"], arrays: arrays as Sidecar["arrays"] };
}

const DTYPES: readonly string[] = ["F32", "F64", "I32", "U8"] satisfies StoredArray["dtype"][];

function stored(name: string, tensor: StoredTensor): StoredArray {
  if (!DTYPES.includes(tensor.dtype)) {
    throw new TypeError(`${name} is ${tensor.dtype}, cases hold ${DTYPES.join(", ")}`);
  }
  const dtype = tensor.dtype as StoredArray["dtype"];
  return { dtype, shape: tensor.shape, data: toFloat64(tensor) };
}

const describe = (array?: { readonly dtype: string; readonly shape: readonly number[] }): string =>
  array === undefined ? "absent" : `${array.dtype} [${array.shape}]`;
