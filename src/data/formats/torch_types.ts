/**
 * The globals of PyTorch that a checkpoint of tensors needs, as data.
 *
 * @see https://github.com/pytorch/pytorch/blob/v2.6.0/torch/_weights_only_unpickler.py
 * @module
 */
import { quote } from "../../provenance/format_error.ts";
import { bytesOf, countOf, type DType } from "../../provenance/stored_tensor.ts";
import { PickleObject, type PickleTypes, type PickleValue } from "./pickle.ts";

/** A block of numbers in its own zip entry `data/<key>`. */
export class TorchStorage extends PickleObject {
  constructor(readonly dtype: DType, readonly key: string, readonly count: number) {
    super();
  }
}

/** A view of a storage: element (i, j, …) lies at `offset + i·strides[0] + j·strides[1] + …`. */
export class TorchTensor extends PickleObject {
  constructor(
    readonly storage: TorchStorage,
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
  ) {
    super();
  }
}

class Global extends PickleObject {
  constructor(readonly name: string) {
    super();
  }
}

const STORAGES: ReadonlyMap<string, DType> = new Map<string, DType>([
  ["DoubleStorage", "F64"],
  ["FloatStorage", "F32"],
  ["HalfStorage", "F16"],
  ["BFloat16Storage", "BF16"],
  ["LongStorage", "I64"],
  ["IntStorage", "I32"],
  ["ShortStorage", "I16"],
  ["CharStorage", "I8"],
  ["ByteStorage", "U8"],
  ["BoolStorage", "BOOL"],
]);

const CALLS: ReadonlyMap<string, (args: readonly PickleValue[]) => PickleValue> = new Map([
  ["collections OrderedDict", emptyDict],
  ["torch._utils _rebuild_tensor_v2", tensor],
  ["torch._utils _rebuild_parameter", parameter],
]);

/** The meaning of globals in a checkpoint; everything but tensors, parameters and dicts is refused by name. */
export const torchTypes: PickleTypes = {
  global(module, name) {
    const full = `${module} ${name}`;
    const storage = module === "torch" && STORAGES.has(name);
    if (!storage && !CALLS.has(full)) throw new Error(`global ${quote(full)} is not allowed`);
    return new Global(full);
  },
  reduce(callee, args) {
    const call = callee instanceof Global ? CALLS.get(callee.name) : undefined;
    if (call === undefined) throw new Error("calls what cannot be called");
    return call(args);
  },
  persistent(id) {
    if (!Array.isArray(id) || id.length !== 5 || id[0] !== "storage") {
      throw new Error("a persistent id that is no storage");
    }
    const [, type, key, , count] = id as readonly PickleValue[];
    const dtype = type instanceof Global
      ? STORAGES.get(type.name.replace("torch ", ""))
      : undefined;
    if (dtype === undefined || typeof key !== "string" || !STORAGE_KEY.test(key)) {
      throw new Error("a storage without a known type and a number");
    }
    const size = countOf([count]);
    if (size === undefined) throw new Error(`storage ${key} declares no count of elements`);
    return new TorchStorage(dtype, key, size);
  },
};

/** Files number their storages; a bound, since one long key can be recalled for a few bytes each. */
const STORAGE_KEY = /^\d{1,10}$/;

/** As in PyTorch. */
const MAX_AXES = 64;

function emptyDict(args: readonly PickleValue[]): PickleValue {
  if (args.length > 0) throw new Error("an OrderedDict with arguments");
  return new Map();
}

/** `_rebuild_parameter(tensor, requires_grad, hooks)` is the tensor. */
function parameter(args: readonly PickleValue[]): PickleValue {
  if (!(args[0] instanceof TorchTensor)) throw new Error("a parameter that is no tensor");
  return args[0];
}

/** `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks, metadata)`, without metadata. */
function tensor(args: readonly PickleValue[]): PickleValue {
  const [storage, offset, shape, strides, , , metadata] = args;
  if (metadata instanceof Map && metadata.size > 0) {
    throw new Error("a tensor with metadata, such as a conjugate or negative bit");
  }
  if (!(storage instanceof TorchStorage)) throw new Error("a tensor without a storage");
  if (!isSizes(shape) || !isSizes(strides) || shape.length !== strides.length) {
    throw new Error("a tensor whose sizes and strides do not match");
  }
  if (shape.length > MAX_AXES || countOf([offset]) === undefined || countOf(shape) === undefined) {
    throw new Error("a tensor without a sensible shape and offset");
  }
  return new TorchTensor(storage, offset as number, shape, strides);
}

const isSizes = (value: PickleValue): value is readonly number[] =>
  Array.isArray(value) && value.every((n) => countOf([n]) !== undefined);

/** The greatest element of its storage that a tensor views; -1 of an empty one. */
export const lastElement = ({ shape, strides, offset }: TorchTensor): number =>
  shape.includes(0)
    ? -1
    : shape.reduce((at, size, axis) => at + (size - 1) * strides[axis], offset);

/** Bytes of a tensor once read. */
export const tensorBytes = ({ shape, storage }: TorchTensor): number =>
  countOf(shape)! * bytesOf(storage.dtype);
