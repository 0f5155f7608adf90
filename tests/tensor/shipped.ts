/** The backend's kernels as TensorFlow.js ships them. */
import { shippedKernels } from "../../src/tensor/wasm_backend.ts";
import { tf } from "../../src/tensor/backend.ts";

/** As {@link run} of `kernel_runs.ts`, with the kernel that TensorFlow.js ships under that name. */
export function shippedRun(
  kernelName: string,
  inputs: Record<string, { shape: number[]; data: Float32Array }>,
  attrs = {},
): Float32Array {
  const { kernelFunc } = shippedKernels.get(kernelName)!;
  return tf.tidy(() => {
    const nodes = Object.fromEntries(
      Object.entries(inputs).map(([k, x]) => [k, tf.tensor(x.data, x.shape, "float32")]),
    );
    const info = kernelFunc({ inputs: nodes, attrs, backend: tf.backend() });
    return tf.engine().makeTensorFromTensorInfo(info as tf.TensorInfo).dataSync<"float32">();
  });
}
