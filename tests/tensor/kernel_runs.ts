/** Shared by the kernel tests: values, runs outside the tape and float64 references. */
import { fill } from "./random_floats.ts";
import { tf } from "../../src/tensor/backend.ts";

/** One kernel of the backend, run on arrays; nothing stays on its heap. */
export function run(
  kernelName: string,
  inputs: Record<string, { shape: number[]; data: Float32Array }>,
  attrs = {},
): Float32Array {
  return tf.tidy(() => {
    const nodes = Object.fromEntries(
      Object.entries(inputs).map(([k, x]) => [k, tf.tensor(x.data, x.shape, "float32")]),
    );
    return (tf.engine().runKernel(kernelName, nodes, attrs) as tf.Tensor).dataSync<"float32">();
  });
}

/** Reproducible values in (−scale, scale). */
export const floats = (shape: number[], seed: number, scale = 1) => ({
  shape,
  data: fill(shape.reduce((n, d) => n * d, 1), seed, scale),
});

/** Σ_k a(i, k) b(k, j) and Σ_k |a b|, the scale of its rounding errors. */
export function product(
  m: number,
  n: number,
  k: number,
  a: (i: number, k: number) => number,
  b: (k: number, j: number) => number,
) {
  const value = new Float64Array(m * n), size = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      for (let q = 0; q < k; q++) {
        const term = a(i, q) * b(q, j);
        value[i * n + j] += term, size[i * n + j] += Math.abs(term);
      }
    }
  }
  return { value, size };
}

/** The distance of neighbouring float32 numbers around x. */
export const ulp = (x: number): number =>
  2 ** Math.max(-149, Math.floor(Math.log2(Math.abs(x) || 2 ** -149)) - 23);
