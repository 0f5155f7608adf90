/**
 * The value of an action chunk in a state, by one or two independent networks.
 *
 * @module
 */
import { tf } from "../tensor/backend.ts";
import { joinColumns } from "../tensor/ops/join_columns.ts";
import type { Nodes } from "../tensor/engine.ts";
import type { CriticObsConfig } from "./critic_obs.ts";
import { mlp } from "./mlp.ts";
import { type Network, prefixed } from "./network.ts";
import { residualMlp } from "./residual_mlp.ts";

/**
 * Sizes and options, named as in the reference.
 *
 * The reference's public configurations ask for `residual_style`, which its class ignores (it reads `residual_tyle`):
 * reproduce them with `residualStyle` false (quirk Q1).
 */
export interface CriticObsActConfig extends CriticObsConfig {
  readonly actionDim: number;
  readonly actionSteps?: number;
  readonly doubleQ?: boolean;
}

/** Q(o, a) of (cond [B, To · Do], action [B, A · Da]); `apply` is the smaller head, [B]. */
export interface ActionCritic extends Network<[cond: tf.Tensor, action: tf.Tensor]> {
  /** Every head's value, [B] each: Q1 and, for a double critic, Q2. */
  heads(weights: Nodes, cond: tf.Tensor, action: tf.Tensor): readonly tf.Tensor[];
}

/** One or two perceptrons of [observation | action chunk]. Leaves are `Q1.*` and `Q2.*`. */
export function criticObsAct(config: CriticObsActConfig): ActionCritic {
  const { condDim, actionDim, actionSteps = 1, mlpDims, activationType = "Mish" } = config;
  const { useLayernorm, residualStyle, doubleQ = true } = config;
  const dimList = [condDim + actionSteps * actionDim, ...mlpDims, 1];
  const q = (residualStyle ? residualMlp : mlp)({ dimList, activationType, useLayernorm });
  const networks = (doubleQ ? ["Q1.", "Q2."] : ["Q1."]).map((name) => prefixed(name, q));
  const heads: ActionCritic["heads"] = (weights, cond, action) => {
    const x = joinColumns(cond, action);
    return networks.map((network) => tf.squeeze(network.apply(weights, x), [1]));
  };
  return {
    leaves: networks.flatMap((network) => network.leaves),
    heads,
    apply: (...args) => heads(...args).reduce((a, b) => tf.minimum(a, b)),
  };
}
