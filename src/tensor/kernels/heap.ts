/**
 * Places on the backend's heap.
 *
 * @module
 */
import type { TensorInfo } from "@tensorflow/tfjs";
import { backend } from "../wasm_backend.ts";

/** Parts of Emscripten's module that TensorFlow.js's types leave out. Addresses come back as signed integers. */
const { _malloc, _free, asm } = backend.wasm as unknown as {
  _malloc(bytes: number): number;
  _free(at: number): void;
  readonly asm: { readonly memory: WebAssembly.Memory };
};

/** The heap itself; its buffer is another one after it has grown. */
export const { memory } = asm;

/** The byte address of a tensor's first value. */
export const address = (x: TensorInfo): number => backend.getMemoryOffset(x.dataId);

/** A new float32 tensor whose values are still undefined. */
export const output = (shape: readonly number[]): TensorInfo =>
  backend.makeOutput([...shape], "float32");

/** Runs `f` with the address of `bytes` bytes that are its own until it returns. */
export function withScratch(bytes: number, f: (at: number) => void): void {
  const at = _malloc(bytes) >>> 0;
  f(at);
  _free(at);
}
