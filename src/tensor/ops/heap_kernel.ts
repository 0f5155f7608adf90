/**
 * Kernels written as plain loops over the backend's heap, for what would take it many passes or many copies.
 *
 * @module
 */
import type { NamedAttrMap, TensorInfo } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { tf } from "../backend.ts";

/** Float32 inputs by name. */
export type HeapInputs = Readonly<Record<string, tf.Tensor>>;

/** Shape and values of one operand. */
export interface Operand {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** What a kernel computes. `A` are its attributes. */
export interface HeapKernel<A> {
  shape(
    inputs: Readonly<Record<string, { readonly shape: readonly number[] }>>,
    attrs: A,
  ): number[];
  fill(out: Float32Array, inputs: Readonly<Record<string, Operand>>, attrs: A): void;
}

/** Registers a kernel and returns the function that runs it. */
export function heapKernel<A extends object>(
  kernelName: string,
  { shape, fill }: HeapKernel<A>,
): (inputs: HeapInputs, attrs: A) => tf.Tensor {
  tf.registerKernel({
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const wasm = backend as BackendWasm, named = inputs as Record<string, TensorInfo>;
      const given = attrs as unknown as A;
      // The output comes first: making it may move the heap under the views.
      const result = wasm.makeOutput(shape(named, given), "float32");
      const operands: Record<string, Operand> = {};
      for (const name in named) {
        const data = wasm.typedArrayFromHeap(named[name]) as Float32Array;
        operands[name] = { shape: named[name].shape, data };
      }
      fill(wasm.typedArrayFromHeap(result) as Float32Array, operands, given);
      return result;
    },
  });
  return (inputs, attrs) =>
    tf.engine().runKernel(kernelName, { ...inputs }, attrs as unknown as NamedAttrMap) as tf.Tensor;
}
