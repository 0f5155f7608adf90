/**
 * The state value.
 *
 * @module
 */
import type { tf } from "../tensor/backend.ts";
import type { ActivationName } from "./activations.ts";
import { mlp } from "./mlp.ts";
import { type Network, prefixed } from "./network.ts";
import { residualMlp } from "./residual_mlp.ts";

/** Sizes and options, named as in the reference. */
export interface CriticObsConfig {
  /** To · Do. */
  readonly condDim: number;
  readonly mlpDims: readonly number[];
  readonly activationType?: ActivationName;
  readonly useLayernorm?: boolean;
  readonly residualStyle?: boolean;
}

/** V(o): [B, To · Do] → [B, 1]. Leaves are `Q1.*`, the reference's name. */
export function criticObs(config: CriticObsConfig): Network<[cond: tf.Tensor]> {
  const { condDim, mlpDims, activationType = "Mish", useLayernorm, residualStyle } = config;
  const dimList = [condDim, ...mlpDims, 1];
  return prefixed(
    "Q1.",
    (residualStyle ? residualMlp : mlp)({ dimList, activationType, useLayernorm }),
  );
}
