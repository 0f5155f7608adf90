/**
 * Convolutions of sequences [B, length, channels] as matrix products over windows.
 *
 * @module
 */
import { tf } from "../tensor/backend.ts";
import { linear } from "../tensor/ops/linear.ts";
import { fold, unfold, windowCount, type Windows } from "../tensor/ops/unfold.ts";
import type { LeafSpec, Network } from "./network.ts";

/** [B, length, inputs] → [B, windows, outputs]. The weight is torch's [outputs, inputs, kernel]. */
export function conv1d(
  inputs: number,
  outputs: number,
  windows: Windows,
): Network<[x: tf.Tensor]> {
  const { kernel } = windows;
  return {
    leaves: uniformLeaves([outputs, inputs, kernel], outputs, inputs * kernel),
    apply: ({ weight, bias }, x) => {
      const [batch, length] = x.shape, count = windowCount(length!, windows);
      const taps = tf.reshape(weight, [outputs, inputs * kernel]);
      const rows = tf.reshape(unfold(x, windows), [batch * count, inputs * kernel]);
      return tf.reshape(linear(rows, taps, bias), [batch, count, outputs]);
    },
  };
}

/**
 * The adjoint of a convolution from `outputs` to `inputs` channels: [B, length, inputs] →
 * [B, (length − 1) stride − 2 padding + kernel, outputs]. The weight is torch's [inputs, outputs, kernel].
 */
export function convTranspose1d(
  inputs: number,
  outputs: number,
  windows: Windows,
): Network<[x: tf.Tensor]> {
  const { kernel, stride, padding } = windows;
  return {
    leaves: uniformLeaves([inputs, outputs, kernel], outputs, outputs * kernel),
    apply: ({ weight, bias }, x) => {
      const [batch, count] = x.shape, length = (count! - 1) * stride - 2 * padding + kernel;
      const width = outputs * kernel, taps = tf.transpose(tf.reshape(weight, [inputs, width]));
      const rows = linear(tf.reshape(x, [batch * count!, inputs]), taps, tf.zeros([width]));
      const entries = tf.reshape(rows, [batch, count!, width]);
      return tf.add(fold(entries, length, windows), bias);
    },
  };
}

/** Weight and bias uniform in ±1/√fan, where torch takes the fan from the weight's second size. */
function uniformLeaves(shape: readonly number[], outputs: number, fan: number): LeafSpec[] {
  const init = { bound: 1 / Math.sqrt(fan) };
  return [{ name: "weight", shape, init }, { name: "bias", shape: [outputs], init }];
}
