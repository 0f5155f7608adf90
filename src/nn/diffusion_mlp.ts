/**
 * The perceptron that denoises action chunks.
 *
 * @module
 */
import { joinColumns } from "../tensor/ops/join_columns.ts";
import type { ActivationName } from "./activations.ts";
import { type Denoiser, denoiser } from "./denoiser.ts";
import { mlp } from "./mlp.ts";
import { prefixed } from "./network.ts";
import { residualMlp } from "./residual_mlp.ts";
import { timeEmbedding } from "./time_embedding.ts";

/** Sizes and options, named as in the reference. */
export interface DiffusionMlpConfig {
  readonly actionDim: number;
  readonly horizonSteps: number;
  /** To · Do. */
  readonly condDim: number;
  readonly timeDim?: number;
  readonly mlpDims: readonly number[];
  /** Widths of a perceptron that encodes the observation first. */
  readonly condMlpDims?: readonly number[];
  readonly activationType?: ActivationName;
  readonly outActivationType?: ActivationName;
  readonly useLayernorm?: boolean;
  readonly residualStyle?: boolean;
}

/**
 * A perceptron of [chunk | time features | observation features]. Leaves are `time_embedding.*`, `cond_mlp.*` and
 * `mlp_mean.*`.
 */
export function diffusionMlp(config: DiffusionMlpConfig): Denoiser {
  const { actionDim, horizonSteps, condDim, timeDim = 16, condMlpDims } = config;
  const { activationType = "Mish", outActivationType = "Identity", useLayernorm } = config;
  const chunk = horizonSteps * actionDim;
  const time = prefixed("time_embedding.", timeEmbedding(timeDim, 2 * timeDim));
  const encoder = condMlpDims &&
    prefixed("cond_mlp.", mlp({ dimList: [condDim, ...condMlpDims], activationType }));
  const inputs = chunk + timeDim + (condMlpDims?.at(-1) ?? condDim);
  const trunk = prefixed(
    "mlp_mean.",
    (config.residualStyle ? residualMlp : mlp)({
      dimList: [inputs, ...config.mlpDims, chunk],
      activationType,
      outActivationType,
      useLayernorm,
    }),
  );
  return denoiser({
    leaves: [...time.leaves, ...(encoder?.leaves ?? []), ...trunk.leaves],
    horizonSteps,
    actionDim,
    condDim,
    timeFeatures: time.apply,
    condFeatures: (weights, cond) => encoder ? encoder.apply(weights, cond) : cond,
    predict: (weights, x, timeRows, cond) => trunk.apply(weights, joinColumns(x, timeRows, cond)),
  });
}
