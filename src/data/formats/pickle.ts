/**
 * Python pickles read as data: a stack machine over the opcodes that `torch.save` writes. Nothing is imported,
 * constructed or called; a global stands for itself and is refused unless the caller knows it.
 *
 * @see https://github.com/python/cpython/blob/3.13/Lib/pickletools.py
 * @module
 */
import { PickleReader } from "./pickle_reader.ts";

/** What a pickle of plain data becomes. Tuples are frozen arrays; shared values stay shared. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly PickleValue[]
  | Map<PickleValue, PickleValue>
  | PickleObject;

/** What the caller makes of globals, calls and persistent ids; kept apart from plain data by its class. */
export abstract class PickleObject {}

/** The caller's meaning of what is not plain data; each function throws to refuse. */
export interface PickleTypes {
  /** A global such as `torch FloatStorage`. */
  global(module: string, name: string): PickleValue;
  /** A call of a global. */
  reduce(callee: PickleValue, args: readonly PickleValue[]): PickleValue;
  /** A reference to something outside the pickle. */
  persistent(id: PickleValue): PickleValue;
}

interface Machine {
  readonly input: PickleReader;
  readonly types: PickleTypes;
  readonly memo: Map<number, PickleValue>;
  readonly marks: number[];
  readonly stack: PickleValue[];
}

const STOP = 0x2e;

/**
 * The value of a pickle.
 *
 * @throws {Error} naming the byte and the reason
 */
export function parsePickle(bytes: Uint8Array, types: PickleTypes): PickleValue {
  const input = new PickleReader(bytes);
  const machine: Machine = { input, types, memo: new Map(), marks: [], stack: [] };
  let at = 0;
  try {
    for (;;) {
      at = input.position;
      const opcode = input.byte();
      if (opcode === STOP) break;
      const run = OPCODES.get(opcode);
      if (run === undefined) throw new Error(`opcode 0x${opcode.toString(16)} is not allowed`);
      run(machine);
    }
    const { length } = machine.stack;
    if (length !== 1) throw new Error(`ends with ${length} values on the stack, need one`);
  } catch (error) {
    throw new Error(`byte ${at} of the pickle: ${(error as Error).message}`, { cause: error });
  }
  return machine.stack[0];
}

function pop({ stack, marks }: Machine): PickleValue {
  if (stack.length <= (marks.at(-1) ?? 0)) throw new Error("the stack is empty");
  return stack.pop()!;
}

function top({ stack, marks }: Machine): PickleValue {
  if (stack.length <= (marks.at(-1) ?? 0)) throw new Error("the stack is empty");
  return stack.at(-1)!;
}

function popMark({ stack, marks }: Machine): PickleValue[] {
  const mark = marks.pop();
  if (mark === undefined) throw new Error("no mark on the stack");
  return stack.splice(mark);
}

const tuple = (items: PickleValue[]): readonly PickleValue[] => Object.freeze(items);

function append(machine: Machine, items: readonly PickleValue[]): void {
  const list = top(machine);
  if (!Array.isArray(list) || Object.isFrozen(list)) throw new Error("appends to what is no list");
  for (const item of items) list.push(item);
}

function setItems(machine: Machine, items: readonly PickleValue[]): void {
  const dict = top(machine);
  if (!(dict instanceof Map)) throw new Error("sets an item of what is no dict");
  if (items.length % 2 !== 0) throw new Error("a key without a value");
  for (let i = 0; i < items.length; i += 2) dict.set(items[i], items[i + 1]);
}

function recall({ memo, stack }: Machine, index: number): void {
  const value = memo.get(index);
  if (value === undefined) throw new Error(`reads memo entry ${index}, which was never stored`);
  stack.push(value);
}

function pushGlobal({ types, stack }: Machine, module: PickleValue, name: PickleValue): void {
  if (typeof module !== "string" || typeof name !== "string") throw new Error("unnamed global");
  stack.push(types.global(module, name));
}

function reduce(machine: Machine): void {
  const args = pop(machine), callee = pop(machine);
  if (!Array.isArray(args)) throw new Error("calls with what is no tuple");
  machine.stack.push(machine.types.reduce(callee, args));
}

/** Attributes of a dict, as state dicts carry them, are dropped; no other object has a state to set. */
function build(machine: Machine): void {
  pop(machine);
  if (!(top(machine) instanceof Map)) throw new Error("sets the state of an object");
}

/** A tuple of the last `n` values. */
function tupleOf(machine: Machine, n: number): void {
  const items = Array.from({ length: n }, () => pop(machine)).reverse();
  machine.stack.push(tuple(items));
}

/** Opcodes by name in the order of protocol 2, then those that protocols 4 and 5 add for the same data. */
const OPCODES: ReadonlyMap<number, (m: Machine) => void> = new Map([
  [0x80, (m) => m.input.protocol()], // PROTO
  [0x28, (m) => m.marks.push(m.stack.length)], // MARK
  [0x4e, (m) => m.stack.push(null)], // NONE
  [0x88, (m) => m.stack.push(true)], // NEWTRUE
  [0x89, (m) => m.stack.push(false)], // NEWFALSE
  [0x4a, (m) => m.stack.push(m.input.int32())], // BININT
  [0x4b, (m) => m.stack.push(m.input.byte())], // BININT1
  [0x4d, (m) => m.stack.push(m.input.uint16())], // BININT2
  [0x8a, (m) => m.stack.push(m.input.long(m.input.byte()))], // LONG1
  [0x47, (m) => m.stack.push(m.input.float64())], // BINFLOAT
  [0x58, (m) => m.stack.push(m.input.text(m.input.uint32()))], // BINUNICODE
  [0x5d, (m) => m.stack.push([])], // EMPTY_LIST
  [0x61, (m) => append(m, [pop(m)])], // APPEND
  [0x65, (m) => append(m, popMark(m))], // APPENDS
  [0x29, (m) => m.stack.push(tuple([]))], // EMPTY_TUPLE
  [0x74, (m) => m.stack.push(tuple(popMark(m)))], // TUPLE
  [0x85, (m) => tupleOf(m, 1)], // TUPLE1
  [0x86, (m) => tupleOf(m, 2)], // TUPLE2
  [0x87, (m) => tupleOf(m, 3)], // TUPLE3
  [0x7d, (m) => m.stack.push(new Map())], // EMPTY_DICT
  [0x73, (m) => setItems(m, [pop(m), pop(m)].reverse())], // SETITEM
  [0x75, (m) => setItems(m, popMark(m))], // SETITEMS
  [0x71, (m) => m.memo.set(m.input.byte(), top(m))], // BINPUT
  [0x72, (m) => m.memo.set(m.input.uint32(), top(m))], // LONG_BINPUT
  [0x68, (m) => recall(m, m.input.byte())], // BINGET
  [0x6a, (m) => recall(m, m.input.uint32())], // LONG_BINGET
  [0x63, (m) => pushGlobal(m, m.input.line(), m.input.line())], // GLOBAL
  [0x52, reduce], // REDUCE
  [0x62, build], // BUILD
  [0x51, (m) => m.stack.push(m.types.persistent(pop(m)))], // BINPERSID
  [0x95, (m) => m.input.skip(8)], // FRAME
  [0x94, (m) => m.memo.set(m.memo.size, top(m))], // MEMOIZE
  [0x8c, (m) => m.stack.push(m.input.text(m.input.byte()))], // SHORT_BINUNICODE
  [0x93, (m) => {
    const name = pop(m);
    pushGlobal(m, pop(m), name);
  }], // STACK_GLOBAL
]);
