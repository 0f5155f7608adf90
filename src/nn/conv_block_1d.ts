/**
 * Blocks of the one-dimensional U-Net, on sequences [B, length, channels].
 *
 * @module
 */
import { tf } from "../tensor/backend.ts";
import { activation, type ActivationName } from "./activations.ts";
import { conv1d } from "./conv1d.ts";
import { groupNorm } from "./group_norm.ts";
import { linearLayer } from "./linear_layer.ts";
import { type Network, prefixed } from "./network.ts";
import { sequential } from "./sequential.ts";

/** What all blocks of a U-Net share, named as in the reference. */
export interface ConvBlockConfig {
  readonly kernelSize: number;
  /** Groups of the norm; null for no norm. */
  readonly nGroups: number | null;
  readonly groupnormEps: number;
  readonly activationType: ActivationName;
}

/** Convolution of constant length, group norm, activation. Leaves are `block.0.*` and `block.2.*`. */
export function convBlock1d(
  inputs: number,
  outputs: number,
  config: ConvBlockConfig,
): Network<[x: tf.Tensor]> {
  const { kernelSize: kernel, nGroups, groupnormEps } = config;
  const windows = { kernel, stride: 1, padding: Math.floor(kernel / 2) };
  return sequential(
    prefixed("block.0.", conv1d(inputs, outputs, windows)),
    ...(nGroups === null ? [] : [prefixed("block.2.", groupNorm(nGroups, outputs, groupnormEps))]),
    activation(config.activationType),
  );
}

/** Adds how a block is conditioned on the features of step and observation. */
export interface ResidualBlockConfig extends ConvBlockConfig {
  /** Numbers in the conditioning features. */
  readonly condDim: number;
  /** The features scale the channels too, instead of only shifting them. */
  readonly condPredictScale: boolean;
  /** Three linear layers from features to modulation instead of one. */
  readonly largerEncoder: boolean;
}

/**
 * Two convolution blocks with feature-wise modulation between them, and a shortcut:
 *
 *   u = block₀(x);  u ← scale(g) u + bias(g);  out = block₁(u) + shortcut(x)
 *
 * of (x [B, length, inputs], g [B, condDim]); the shortcut is a 1 × 1 convolution where the channel counts differ.
 *
 * @see Perez et al. 2018, "FiLM: visual reasoning with a general conditioning layer"
 */
export function residualBlock1d(
  inputs: number,
  outputs: number,
  config: ResidualBlockConfig,
): Network<[x: tf.Tensor, g: tf.Tensor]> {
  const first = prefixed("blocks.0.", convBlock1d(inputs, outputs, config));
  const second = prefixed("blocks.1.", convBlock1d(outputs, outputs, config));
  const encoder = prefixed("cond_encoder.", condEncoder(outputs, config));
  const shortcut = inputs === outputs
    ? activation("Identity")
    : prefixed("residual_conv.", conv1d(inputs, outputs, { kernel: 1, stride: 1, padding: 0 }));
  return {
    leaves: [first, second, encoder, shortcut].flatMap((network) => network.leaves),
    apply: (weights, x, g) => {
      const u = first.apply(weights, x), film = tf.expandDims(encoder.apply(weights, g), 1);
      const modulated = config.condPredictScale ? scaleAndShift(u, film) : tf.add(u, film);
      return tf.add(second.apply(weights, modulated), shortcut.apply(weights, x));
    },
  };
}

/** film [B, 1, 2 C] holds the scales first, then the shifts. */
function scaleAndShift(u: tf.Tensor, film: tf.Tensor): tf.Tensor {
  const [scale, bias] = tf.split(film, 2, 2);
  return tf.add(tf.mul(scale, u), bias);
}

function condEncoder(outputs: number, config: ResidualBlockConfig): Network<[g: tf.Tensor]> {
  const { condDim, largerEncoder } = config, act = activation(config.activationType);
  const width = config.condPredictScale ? 2 * outputs : outputs;
  if (!largerEncoder) return sequential(act, prefixed("1.", linearLayer(condDim, width)));
  return sequential(
    prefixed("0.", linearLayer(condDim, width)),
    act,
    prefixed("2.", linearLayer(width, width)),
    act,
    prefixed("4.", linearLayer(width, width)),
  );
}
