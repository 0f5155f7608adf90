/**
 * TensorFlow.js on its single-threaded SIMD WebAssembly backend, as shipped.
 *
 * The binary is part of the module graph, so no file or network permission is needed at run time.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type BackendWasm, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import simd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm" with {
  type: "bytes",
};
import { encodeBase64 } from "@std/encoding/base64";

const url = `data:application/wasm;base64,${encodeBase64(simd)}`;
setWasmPaths(
  {
    "tfjs-backend-wasm.wasm": url,
    "tfjs-backend-wasm-simd.wasm": url,
    "tfjs-backend-wasm-threaded-simd.wasm": url,
  },
  true,
);
tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
await tf.setBackend("wasm");

/** The one backend of this process. */
export const backend = tf.backend() as BackendWasm;

/** The kernels that TensorFlow.js ships for it, by name, whatever is installed later. */
export const shippedKernels: ReadonlyMap<string, tf.KernelConfig> = new Map(
  tf.getKernelsForBackend("wasm").map((kernel) => [kernel.kernelName, kernel]),
);

export { tf };
