/**
 * Sliding windows over a sequence and their adjoint, from which convolutions follow as matrix products. Each is the
 * gradient of the other.
 *
 * @module
 */
import { tf } from "../backend.ts";
import { heapKernel } from "./heap_kernel.ts";

/** Windows of `kernel` positions, `stride` apart, over a sequence with `padding` zeros at both ends. */
export interface Windows {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/** How many windows fit a sequence: ⌊(length + 2 padding − kernel) / stride⌋ + 1. */
export const windowCount = (length: number, { kernel, stride, padding }: Windows): number =>
  Math.floor((length + 2 * padding - kernel) / stride) + 1;

interface Sizes extends Windows {
  readonly length: number;
}

/** The first place of window `o` of sequence `b`, which may lie before or after the sequence. */
const startOf = (b: number, o: number, { stride, padding, length }: Sizes): number =>
  b * length + o * stride - padding;

const runUnfold = heapKernel<Sizes>("Unfold", {
  shape: ({ x: { shape: [batch, length, channels] } }, windows) => [
    batch,
    windowCount(length, windows),
    channels * windows.kernel,
  ],
  fill(out, { x: { shape: [batch, length, channels], data } }, windows) {
    const { kernel } = windows, count = windowCount(length, windows);
    for (let b = 0, at = 0; b < batch; b++) {
      for (let o = 0; o < count; o++) {
        const start = startOf(b, o, windows), low = b * length, high = low + length;
        for (let c = 0; c < channels; c++) {
          for (let tap = 0; tap < kernel; tap++) {
            const place = start + tap, inside = place >= low && place < high;
            out[at++] = inside ? data[place * channels + c] : 0;
          }
        }
      }
    }
  },
});

const runFold = heapKernel<Sizes>("Fold", {
  shape: ({ y: { shape: [batch, , width] } }, { length, kernel }) => [
    batch,
    length,
    width / kernel,
  ],
  fill(out, { y: { shape: [batch, count, width], data } }, windows) {
    const { kernel, length } = windows, channels = width / kernel;
    out.fill(0);
    for (let b = 0, at = 0; b < batch; b++) {
      for (let o = 0; o < count; o++) {
        const start = startOf(b, o, windows), low = b * length, high = low + length;
        for (let c = 0; c < channels; c++) {
          for (let tap = 0; tap < kernel; tap++, at++) {
            const place = start + tap;
            if (place >= low && place < high) out[place * channels + c] += data[at];
          }
        }
      }
    }
  },
});

tf.registerGradient({
  kernelName: "Unfold",
  gradFunc: (dy, _, attrs) => ({
    x: () => runFold({ y: dy as tf.Tensor }, attrs as unknown as Sizes),
  }),
});

tf.registerGradient({
  kernelName: "Fold",
  gradFunc: (dy, _, attrs) => ({
    y: () => runUnfold({ x: dy as tf.Tensor }, attrs as unknown as Sizes),
  }),
});

/** [B, length, C] → [B, windows, C · kernel]: entry (o, c, j) is channel c at o · stride + j − padding, or 0. */
export const unfold = (x: tf.Tensor, windows: Windows): tf.Tensor =>
  runUnfold({ x }, { ...windows, length: x.shape[1]! });

/** [B, windows, C · kernel] → [B, length, C]: the sum of all window entries that {@link unfold} reads at a place. */
export const fold = (y: tf.Tensor, length: number, windows: Windows): tf.Tensor =>
  runFold({ y }, { ...windows, length });
