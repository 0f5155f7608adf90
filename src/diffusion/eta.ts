/**
 * DDIM's noise level η, fixed or learned.
 *
 * @module
 */
import { tf } from "../tensor/backend.ts";
import type { Nodes } from "../tensor/engine.ts";
import { stopGradient } from "../tensor/ops/stop_gradient.ts";
import type { ActivationName } from "../nn/activations.ts";
import { mlp } from "../nn/mlp.ts";
import { type LeafSpec, type Network, prefixed } from "../nn/network.ts";
import { type DiffusionPolicy } from "./policy.ts";

/** The range of η and where it starts, named as in the reference. */
export interface EtaConfig {
  readonly baseEta?: number;
  readonly minEta?: number;
  readonly maxEta?: number;
}

/** Options of an η that depends on the observation, [B, inputDim]. */
export interface StateEtaConfig extends EtaConfig {
  readonly inputDim: number;
  readonly mlpDims: readonly number[];
  readonly activationType?: ActivationName;
  readonly outActivationType?: ActivationName;
  /** Scale of the initial weights; 0.01. */
  readonly gain?: number;
}

type Eta = Network<[cond: tf.Tensor]>;

/** η = (tanh(logit) + 1) (max − min) / 2 + min for all observations, [B, 1]. The logit receives no gradient. */
export function etaFixed(config: EtaConfig = {}): Eta {
  const learned = etaAction(1, config);
  return {
    leaves: learned.leaves,
    apply: ({ eta_logit }, cond) => learned.apply({ eta_logit: stopGradient(eta_logit) }, cond),
  };
}

/** The same with one learned logit per action component, [B, Da]. */
export function etaAction(actionDim: number, config: EtaConfig = {}): Eta {
  const { base, min, max } = range(config);
  const start = Math.atanh(2 * (base - min) / (max - min) - 1);
  return {
    leaves: [{ name: "eta_logit", shape: [actionDim], init: { constant: start } }],
    apply: ({ eta_logit }, cond) => {
      const eta = tf.add(tf.mul(tf.add(tf.tanh(eta_logit), 1), 0.5 * (max - min)), min);
      return tf.add(tf.zeros([cond.shape[0], actionDim]), eta);
    },
  };
}

/** η = clip(base + tanh(mlp(o)), min, max), [B, 1]. Leaves are `mlp_res.*`. */
export const etaState = (config: StateEtaConfig): Eta => etaStateAction(1, config);

/** The same with one output per action component, [B, Da]. */
export function etaStateAction(actionDim: number, config: StateEtaConfig): Eta {
  const { base, min, max } = range(config), gain = config.gain ?? 1e-2;
  const dimList = [config.inputDim, ...config.mlpDims, actionDim];
  const { activationType = "ReLU", outActivationType } = config;
  const network = prefixed("mlp_res.", mlp({ dimList, activationType, outActivationType }));
  return {
    leaves: network.leaves.map((leaf) => xavier(leaf, gain)),
    apply: (weights, cond) =>
      tf.clipByValue(tf.add(tf.tanh(network.apply(weights, cond)), base), min, max),
  };
}

/** A normal start with std gain √(2 / (inputs + outputs)) for weights and 0 for biases. */
function xavier(leaf: LeafSpec, gain: number): LeafSpec {
  const [outputs, inputs] = leaf.shape;
  const init = inputs === undefined
    ? { constant: 0 }
    : { std: gain * Math.sqrt(2 / (inputs + outputs)) };
  return { ...leaf, init };
}

function range({ baseEta = 0.5, minEta = 0.1, maxEta = 1 }: EtaConfig) {
  if (!(minEta < maxEta && minEta <= baseEta && baseEta <= maxEta)) {
    throw new RangeError(
      `Cannot create eta: needs minEta <= baseEta <= maxEta, found ${minEta}, ${baseEta}, ${maxEta}`,
    );
  }
  return { base: baseEta, min: minEta, max: maxEta };
}

/** The policy's η as it multiplies flat chunks, [B, 1] or [B, H · Da]; absent without a module or its parameters. */
export function chunkEta(
  policy: DiffusionPolicy,
  weights: Nodes | undefined,
  cond: tf.Tensor,
): tf.Tensor | undefined {
  if (policy.eta === undefined || weights === undefined) return undefined;
  const eta = policy.eta.apply(weights, cond);
  return eta.shape[1] === 1 ? eta : tf.tile(eta, [1, policy.network.horizonSteps]);
}
