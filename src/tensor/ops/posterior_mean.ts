/**
 * The mean of a reverse diffusion step, in one pass over the numbers.
 *
 *   clean = clip(p x − q prediction),  mean = c₁ clean + c₂ x
 *
 * The derivative of the clip is 1 inside its bounds, the bounds included, and 0 outside.
 *
 * @module
 */
import { tf } from "../backend.ts";
import type { Floats } from "../tensor.ts";
import { heapKernel } from "./heap_kernel.ts";

/** One number for all rows or one for each. */
export interface PosteriorCoefficients {
  readonly p: Floats;
  readonly q: Floats;
  readonly c1: Floats;
  readonly c2: Floats;
  /** Bound of the clip, Infinity for none. */
  readonly bound: number;
}

type Visit = (at: number, p: number, q: number, c1: number, c2: number) => void;

/** Calls `visit` for every number of a [rows, columns] array. */
function forEachNumber(shape: readonly number[], k: PosteriorCoefficients, visit: Visit): void {
  const [rows, columns] = shape, perRow = k.p.length === 1 ? 0 : 1;
  for (let r = 0, at = 0; r < rows; r++) {
    const i = r * perRow, p = k.p[i], q = k.q[i], c1 = k.c1[i], c2 = k.c2[i];
    for (const end = at + columns; at < end; at++) visit(at, p, q, c1, c2);
  }
}

const mean = heapKernel<PosteriorCoefficients>("PosteriorMean", {
  shape: ({ x }) => [...x.shape],
  fill(out, { x, prediction }, k) {
    const a = x.data, b = prediction.data, { bound } = k;
    forEachNumber(x.shape, k, (at, p, q, c1, c2) => {
      const clean = Math.min(bound, Math.max(-bound, p * a[at] - q * b[at]));
      out[at] = c1 * clean + c2 * a[at];
    });
  },
});

const gradient = heapKernel<PosteriorCoefficients & { readonly of: "x" | "prediction" }>(
  "PosteriorMeanGradient",
  {
    shape: ({ x }) => [...x.shape],
    fill(out, { dy, x, prediction }, k) {
      const d = dy.data, a = x.data, b = prediction.data, { bound } = k, ofX = k.of === "x";
      forEachNumber(x.shape, k, (at, p, q, c1, c2) => {
        const inside = Math.abs(p * a[at] - q * b[at]) <= bound ? 1 : 0;
        out[at] = d[at] * (ofX ? inside * p * c1 + c2 : -inside * q * c1);
      });
    },
  },
);

tf.registerGradient({
  kernelName: "PosteriorMean",
  inputsToSave: ["x", "prediction"],
  gradFunc: (dy, [x, prediction], attrs) => {
    const inputs = { dy: dy as tf.Tensor, x, prediction };
    const k = attrs as unknown as PosteriorCoefficients;
    return {
      x: () => gradient(inputs, { ...k, of: "x" }),
      prediction: () => gradient(inputs, { ...k, of: "prediction" }),
    };
  },
});

/** The mean for x and prediction, both [rows, columns]. */
export const posteriorMean = (
  x: tf.Tensor,
  prediction: tf.Tensor,
  coefficients: PosteriorCoefficients,
): tf.Tensor => mean({ x, prediction }, coefficients);
