/**
 * Multi-layer perceptron.
 *
 * @module
 */
import type { tf } from "../tensor/backend.ts";
import { activation, type ActivationName } from "./activations.ts";
import { layerNorm } from "./layer_norm.ts";
import { linearLayer } from "./linear_layer.ts";
import { type Network, prefixed } from "./network.ts";
import { sequential } from "./sequential.ts";

/** Widths and options of an MLP, named as in the reference. */
export interface MlpConfig {
  /** Input, hidden and output widths. */
  readonly dimList: readonly number[];
  readonly activationType?: ActivationName;
  readonly outActivationType?: ActivationName;
  /** Layer norm between each hidden layer and its activation. */
  readonly useLayernorm?: boolean;
  /** Layer norm before the output activation, if `useLayernorm` is set too. */
  readonly useLayernormFinal?: boolean;
}

/**
 * Linear layers with an activation after each; the last has the output activation. Leaves are
 * `moduleList.<i>.linear_1.*` and `moduleList.<i>.norm_1.*`.
 *
 * @throws {RangeError} for fewer than two widths
 */
export function mlp(config: MlpConfig): Network<[x: tf.Tensor]> {
  const { dimList, activationType = "Tanh", outActivationType = "Identity" } = config;
  const count = requireWidths("mlp", dimList, 2) - 1;
  const layers = dimList.slice(1).map((width, i) => {
    const last = i === count - 1;
    const norm = config.useLayernorm && (!last || config.useLayernormFinal);
    return prefixed(
      `moduleList.${i}.`,
      sequential(
        prefixed("linear_1.", linearLayer(dimList[i], width)),
        ...(norm ? [prefixed("norm_1.", layerNorm(width))] : []),
        activation(last ? outActivationType : activationType),
      ),
    );
  });
  return sequential(...layers);
}

/** How many widths there are, once they are known to be enough and positive integers. */
export function requireWidths(what: string, widths: readonly number[], atLeast: number): number {
  if (widths.length < atLeast || widths.some((n) => !Number.isInteger(n) || n < 1)) {
    throw new RangeError(
      `Cannot create ${what}: dimList must be at least ${atLeast} positive integers, found [${widths}]`,
    );
  }
  return widths.length;
}
