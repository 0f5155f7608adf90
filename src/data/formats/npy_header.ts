/**
 * The header of an npy array: a Python dict literal, parsed as data.
 *
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 * @module
 */
import { quote } from "../../provenance/format_error.ts";
import { countOf, type DType } from "../../provenance/stored_tensor.ts";

/** What a header says. */
export interface NpyHeader {
  readonly dtype: DType;
  readonly bigEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

const DTYPES: Readonly<Record<string, DType>> = {
  f8: "F64",
  f4: "F32",
  f2: "F16",
  i8: "I64",
  u8: "U64",
  i4: "I32",
  u4: "U32",
  i2: "I16",
  u2: "U16",
  i1: "I8",
  u1: "U8",
  b1: "BOOL",
};

const MEMBER =
  /\s*(['"])(\w+)\1\s*:\s*(?:(['"])([^'"\\]*)\3|(True|False)|\(([\d\s,]*)\)|(\[[^\]]*\]))\s*(?:,|(?=\}))/y;

/**
 * The header of an array. Accepts exactly the keys `descr`, `fortran_order` and `shape`, each once, with literal
 * values; anything else, an expression above all, is refused and never evaluated.
 *
 * @throws {RangeError} with the reason
 */
export function parseNpyHeader(text: string): NpyHeader {
  const members = membersOf(text.trim());
  const descr = members.get("descr"), order = members.get("fortran_order");
  const shape = members.get("shape");
  if (members.size !== 3 || typeof order !== "boolean" || !Array.isArray(shape)) {
    throw new RangeError("header does not give descr, fortran_order and shape");
  }
  if (shape.length > MAX_AXES) throw new RangeError(`${shape.length} axes, numpy has ${MAX_AXES}`);
  if (countOf(shape) === undefined) throw new RangeError(`shape (${shape}) is too large`);
  return { ...dtypeOf(descr), fortranOrder: order, shape };
}

const MAX_AXES = 64;

type Literal = string | boolean | readonly number[];

function membersOf(text: string): ReadonlyMap<string, Literal> {
  const members = new Map<string, Literal>();
  if (!text.startsWith("{") || !text.endsWith("}")) {
    throw new RangeError(`header is not a literal dict: ${quote(text)}`);
  }
  MEMBER.lastIndex = 1;
  while (/\S/.test(text.slice(MEMBER.lastIndex, -1))) {
    const match = MEMBER.exec(text);
    if (match === null) throw new RangeError(`header is not a literal dict: ${quote(text)}`);
    const [, , key, , string, flag, tuple, list] = match;
    if (members.has(key)) throw new RangeError(`header gives ${key} twice`);
    if (list !== undefined) {
      throw new RangeError(`${key} ${quote(list)} is a record, not one number type`);
    }
    members.set(key, string ?? (flag !== undefined ? flag === "True" : sizesOf(tuple)));
  }
  return members;
}

/** The numbers of a tuple literal; `(3)` without a comma is no tuple. */
function sizesOf(tuple: string): readonly number[] {
  const items = tuple.split(",").map((item) => item.trim());
  const last = items.pop();
  if (last !== "") {
    if (items.length === 0) throw new RangeError(`shape (${tuple}) is not a tuple`);
    items.push(last!);
  }
  if (!items.every((item) => /^\d+$/.test(item))) {
    throw new RangeError(`shape (${tuple}) is not a tuple of sizes`);
  }
  return items.map(Number);
}

function dtypeOf(descr: Literal | undefined): { dtype: DType; bigEndian: boolean } {
  const match = typeof descr === "string" ? /^([<>|=]?)([a-zA-Z]\d*)(.*)$/.exec(descr) : null;
  if (match === null) throw new RangeError(`dtype ${quote(String(descr))} is not known`);
  const [, order, code, rest] = match;
  if (code.startsWith("O")) {
    throw new RangeError(`dtype object (${quote(String(descr))}) is a Python pickle, not numbers`);
  }
  if (!Object.hasOwn(DTYPES, code) || rest !== "") {
    throw new RangeError(`dtype ${quote(String(descr))} is not a supported number type`);
  }
  return { dtype: DTYPES[code], bigEndian: order === ">" };
}
