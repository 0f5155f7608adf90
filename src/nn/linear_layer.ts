/**
 * A fully connected layer.
 *
 * @module
 */
import type { tf } from "../tensor/backend.ts";
import { linear } from "../tensor/ops/linear.ts";
import type { Network } from "./network.ts";

/** y = x Wᵀ + b from [B, inputs] to [B, outputs]; W and b start uniform in ±1/√inputs, as torch's Linear. */
export function linearLayer(inputs: number, outputs: number): Network<[x: tf.Tensor]> {
  const init = { bound: 1 / Math.sqrt(inputs) };
  return {
    leaves: [
      { name: "weight", shape: [outputs, inputs], init },
      { name: "bias", shape: [outputs], init },
    ],
    apply: ({ weight, bias }, x) => linear(x, weight, bias),
  };
}
