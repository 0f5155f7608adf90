/**
 * TensorFlow.js's own kernels behind the same operations, for comparison.
 *
 * @module
 */
import { install, type Kernel, type Kernels } from "../../src/tensor/kernels/install.ts";
import { strictKernels } from "../../src/tensor/kernels/strict.ts";
import { tf } from "../../src/tensor/backend.ts";
import { backend, shippedKernels } from "../../src/tensor/wasm_backend.ts";

const shipped = (name: string): Kernel => (inputs, attrs) =>
  shippedKernels.get(name)!.kernelFunc({ inputs, attrs, backend }) as tf.TensorInfo;

const composed = (f: (inputs: Record<string, tf.Tensor>) => tf.Tensor): Kernel => (inputs) =>
  f(inputs as Record<string, tf.Tensor>);

/** n = eˣ (eˣ + 2) and the quotient n / (n + 2) of mish. */
function mishParts(x: tf.Tensor) {
  const e = tf.exp(tf.minimum(x, 20)), n = tf.mul(e, tf.add(e, 2)), m = tf.add(n, 2);
  return { e, m, ratio: tf.div(n, m) };
}

/** Kernels that TensorFlow.js lacks, from those it has. */
const OURS: Kernels = {
  Linear: composed(({ x, weight, bias }) => tf.add(tf.matMul(x, tf.transpose(weight)), bias)),
  Mish: composed(({ x }) => tf.mul(x, mishParts(x).ratio)),
  MishGradient: composed(({ dy, x }) => {
    const { e, m, ratio } = mishParts(x);
    const slope = tf.div(tf.mul(tf.mul(e, tf.add(e, 1)), 4), tf.square(m));
    return tf.mul(dy, tf.add(ratio, tf.mul(x, slope)));
  }),
  ReluGradient: composed(({ dy, x }) => tf.mul(dy, tf.step(x))),
};

const stockKernels: Kernels = Object.fromEntries(
  Object.keys(strictKernels).map((name) => [name, OURS[name] ?? shipped(name)]),
);

/** The result of `f` under TensorFlow.js's own kernels; the strict ones are back afterwards. */
export function withStockKernels<T>(f: () => T): T {
  install(stockKernels);
  try {
    return f();
  } finally {
    install(strictKernels);
  }
}
