/** One step of every optimizer on the 552k parameters of a 39-512-512-12 network, beside TensorFlow.js's Adam. */
import { type OptimizerName, optimizerOf, optimizers } from "../../src/optim/mod.ts";
import { tf } from "../../src/tensor/backend.ts";
import { layoutOf, leafOf, type Params, sizeOf } from "../../src/tensor/params.ts";
import type { Floats } from "../../src/tensor/tensor.ts";

const layout = layoutOf([39, 512, 512, 512].flatMap((size, i, sizes) => {
  const out = sizes[i + 1] ?? 12;
  return [[`${i}.weight`, [out, size]], [`${i}.bias`, [out]]] as [string, number[]][];
}));
const filled = (f: (j: number) => number): Params => ({
  layout,
  data: Float32Array.from({ length: sizeOf(layout) }, (_, j) => f(j)),
});
const theta = filled((j) => 0.05 * Math.cos(j)), grads = filled((j) => 0.01 * Math.sin(j));
const group = "step";

for (const name of Object.keys(optimizers) as OptimizerName[]) {
  const optimizer = optimizerOf(name, { learningRate: 1e-3 });
  let state = optimizer.init(theta);
  Deno.bench(name, { group }, () => {
    state = optimizer.step(state, grads);
  });
}

const onHeap = (params: Params, name: string) => {
  const { shape, data } = leafOf(params, name);
  return tf.tensor(data as Floats as Float32Array, [...shape]);
};
const names = layout.map(({ name }) => name);
const variables = names.map((name) => tf.variable(onHeap(theta, name), true, name));
const gradients = names.map((name) => ({ name, tensor: onHeap(grads, name) }));
const adam = tf.train.adam(1e-3);
Deno.bench("tf.train.adam", { group, baseline: true }, () => {
  adam.applyGradients(gradients);
  variables.at(-1)!.dataSync();
});
