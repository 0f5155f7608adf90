/**
 * Chooses which functions carry out TensorFlow.js's kernels on the wasm backend.
 *
 * @module
 */
import type { KernelConfig, NamedAttrMap, TensorInfo } from "@tensorflow/tfjs";
import { tf } from "../wasm_backend.ts";

/** Float32 inputs and attributes, by name, to an output; `undefined` for a case the kernel does not cover. */
export type Kernel = (
  inputs: Readonly<Record<string, TensorInfo>>,
  attrs: NamedAttrMap,
) => TensorInfo | undefined;

/** Kernels by TensorFlow.js's names. */
export type Kernels = Readonly<Record<string, Kernel>>;

/** Uses these kernels from now on. What they do not cover goes to the kernel that had the name before. */
export function install(kernels: Kernels): void {
  for (const [kernelName, kernel] of Object.entries(kernels)) {
    const before: KernelConfig | undefined = tf.getKernel(kernelName, "wasm");
    if (before) tf.unregisterKernel(kernelName, "wasm");
    tf.registerKernel({
      kernelName,
      backendName: "wasm",
      kernelFunc: (call) => {
        const inputs = call.inputs as Record<string, TensorInfo>;
        const result = areFloats(inputs) ? kernel(inputs, call.attrs ?? {}) : undefined;
        return result ?? before!.kernelFunc(call);
      },
    });
  }
}

function areFloats(inputs: Readonly<Record<string, TensorInfo>>): boolean {
  for (const name in inputs) if (inputs[name].dtype !== "float32") return false;
  return true;
}
