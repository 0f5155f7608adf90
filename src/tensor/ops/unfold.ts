/**
 * Sliding windows over a sequence and their adjoint, from which convolutions follow as matrix products.
 *
 * Both are gathers with constant positions over a sequence that ends in one extra zero, and each is the gradient
 * of the other.
 *
 * @module
 */
import { tf } from "../backend.ts";

/** Windows of `kernel` positions, `stride` apart, over a sequence with `padding` zeros at both ends. */
export interface Windows {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/** How many windows fit a sequence: ⌊(length + 2 padding − kernel) / stride⌋ + 1. */
export const windowCount = (length: number, { kernel, stride, padding }: Windows): number =>
  Math.floor((length + 2 * padding - kernel) / stride) + 1;

/** [B, length, C] → [B, windows, kernel · C]: entry (o, j) is position o · stride + j − padding, or 0. */
export function unfold(x: tf.Tensor, windows: Windows): tf.Tensor {
  const [batch, length, channels] = x.shape;
  const count = windowCount(length, windows), { kernel } = windows;
  return tf.customGrad((x: tf.Tensor | tf.GradSaveFunc) => ({
    value: tf.reshape(
      pick(x as tf.Tensor, unfoldPositions(length, windows)),
      [batch, count, kernel * channels],
    ),
    gradFunc: (dy: tf.Tensor) => fold(dy, length, windows),
  }))(x);
}

/** [B, windows, kernel · C] → [B, length, C]: the sum of all window entries that {@link unfold} reads at a position. */
export function fold(y: tf.Tensor, length: number, windows: Windows): tf.Tensor {
  const [batch, count, width] = y.shape, { kernel } = windows, channels = width / kernel;
  return tf.customGrad((y: tf.Tensor | tf.GradSaveFunc) => {
    const entries = tf.reshape(y as tf.Tensor, [batch, count * kernel, channels]);
    const picked = pick(entries, foldPositions(length, count, windows));
    return {
      value: tf.sum(tf.reshape(picked, [batch, length, kernel, channels]), 2),
      gradFunc: (dy: tf.Tensor) => unfold(dy, windows),
    };
  })(y);
}

/** Rows of [B, n, C] at constant positions; position n is a row of zeros. */
function pick(x: tf.Tensor, positions: Int32Array): tf.Tensor {
  const extended = tf.pad(x, [[0, 0], [0, 1], [0, 0]]);
  return tf.gather(extended, tf.tensor1d(positions, "int32"), 1);
}

function unfoldPositions(length: number, windows: Windows): Int32Array {
  const { kernel, stride, padding } = windows;
  return Int32Array.from({ length: windowCount(length, windows) * kernel }, (_, i) => {
    const position = Math.floor(i / kernel) * stride + i % kernel - padding;
    return position >= 0 && position < length ? position : length;
  });
}

function foldPositions(length: number, count: number, windows: Windows): Int32Array {
  const { kernel, stride, padding } = windows, zero = count * kernel;
  return Int32Array.from({ length: length * kernel }, (_, i) => {
    const tap = i % kernel, window = (Math.floor(i / kernel) + padding - tap) / stride;
    return Number.isInteger(window) && window >= 0 && window < count ? window * kernel + tap : zero;
  });
}
