/**
 * Zero mean and unit variance, the core of layer and group normalisation.
 *
 *   y = (x − mean) / √(var + eps),  ∂x = (∂y − mean(∂y) − y mean(∂y y)) / √(var + eps)
 *
 * with the biased variance.
 *
 * @module
 */
import { tf } from "../backend.ts";
import { heapKernel } from "./heap_kernel.ts";

interface Settings {
  readonly eps: number;
}

/**
 * Calls `visit` with the places of the numbers of each group of [B, length, groups, width]: those that share a batch
 * entry and a group.
 */
function forEachGroup(shape: readonly number[], visit: (places: Int32Array) => void): void {
  const [batch, length, groups, width] = shape, places = new Int32Array(length * width);
  for (let b = 0; b < batch; b++) {
    for (let g = 0; g < groups; g++) {
      for (let l = 0, i = 0; l < length; l++) {
        const first = ((b * length + l) * groups + g) * width;
        for (let w = 0; w < width; w++) places[i++] = first + w;
      }
      visit(places);
    }
  }
}

/** Mean and 1 / √(var + eps) of the numbers at `places`. */
function moments(data: Float32Array, places: Int32Array, eps: number): [number, number] {
  let sum = 0, squares = 0;
  for (let i = 0; i < places.length; i++) sum += data[places[i]];
  const mean = sum / places.length;
  for (let i = 0; i < places.length; i++) squares += (data[places[i]] - mean) ** 2;
  return [mean, 1 / Math.sqrt(squares / places.length + eps)];
}

const run = heapKernel<Settings>("Standardize", {
  shape: ({ x }) => [...x.shape],
  fill(out, { x: { shape, data } }, { eps }) {
    forEachGroup(shape, (places) => {
      const [mean, scale] = moments(data, places, eps);
      for (let i = 0; i < places.length; i++) out[places[i]] = (data[places[i]] - mean) * scale;
    });
  },
});

const runGradient = heapKernel<Settings>("StandardizeGradient", {
  shape: ({ x }) => [...x.shape],
  fill(out, { dy, x: { shape, data } }, { eps }) {
    const d = dy.data;
    forEachGroup(shape, (places) => {
      const [mean, scale] = moments(data, places, eps), n = places.length;
      let sum = 0, product = 0;
      for (let i = 0; i < n; i++) {
        sum += d[places[i]];
        product += d[places[i]] * (data[places[i]] - mean) * scale;
      }
      for (let i = 0; i < n; i++) {
        const at = places[i], y = (data[at] - mean) * scale;
        out[at] = (d[at] - sum / n - y * product / n) * scale;
      }
    });
  },
});

tf.registerGradient({
  kernelName: "Standardize",
  inputsToSave: ["x"],
  gradFunc: (dy, [x], attrs) => ({
    x: () => runGradient({ dy: dy as tf.Tensor, x }, attrs as unknown as Settings),
  }),
});

/** x [B, length, groups, width], standardised over length and width. */
export const standardize = (x: tf.Tensor, eps: number): tf.Tensor => run({ x }, { eps });
