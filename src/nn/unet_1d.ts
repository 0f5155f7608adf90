/**
 * The one-dimensional U-Net that denoises action chunks.
 *
 * @see Janner et al. 2022, "Planning with diffusion for flexible behavior synthesis"
 * @module
 */
import { tf } from "../tensor/backend.ts";
import { joinColumns } from "../tensor/ops/join_columns.ts";
import type { ActivationName } from "./activations.ts";
import type { ResidualBlockConfig } from "./conv_block_1d.ts";
import { type Denoiser, denoiser } from "./denoiser.ts";
import { prefixed } from "./network.ts";
import { residualMlp } from "./residual_mlp.ts";
import { timeEmbedding } from "./time_embedding.ts";
import { unetBody } from "./unet_body.ts";

/** Sizes and options, named as in the reference. */
export interface Unet1dConfig {
  readonly actionDim: number;
  /** A multiple of 2 ** (dimMults.length − 1). */
  readonly horizonSteps: number;
  /** To · Do. */
  readonly condDim: number;
  readonly diffusionStepEmbedDim?: number;
  /** Channels of the first level; `dimMults` gives each level's multiple of them. */
  readonly dim?: number;
  readonly dimMults?: readonly number[];
  readonly smallerEncoder?: boolean;
  /** Widths of a perceptron that encodes the observation first; the blocks then encode with one layer. */
  readonly condMlpDims?: readonly number[];
  readonly kernelSize?: number;
  readonly nGroups?: number | null;
  readonly activationType?: ActivationName;
  readonly condPredictScale?: boolean;
  readonly groupnormEps?: number;
}

/**
 * Down through the levels, two middle blocks, up again with the skipped features of each level but the first. Leaves are
 * `time_mlp.*`, `cond_mlp.*`, `mid_modules.*`, `down_modules.*`, `up_modules.*` and `final_conv.*`.
 *
 * @throws {RangeError} when the chunk length cannot be halved at every level but the last
 */
export function unet1d(config: Unet1dConfig): Denoiser {
  const { actionDim, horizonSteps, condDim, condMlpDims, dim = 32 } = config;
  const { diffusionStepEmbedDim: timeDim = 32, activationType = "Mish" } = config;
  const widths = [actionDim, ...(config.dimMults ?? [1, 2, 4, 8]).map((m) => m * dim)];
  requireHalving(horizonSteps, widths.length - 2);
  const time = prefixed("time_mlp.", timeEmbedding(timeDim, 4 * timeDim));
  const encoder = condMlpDims &&
    prefixed("cond_mlp.", residualMlp({ dimList: [condDim, ...condMlpDims], activationType }));
  const features = timeDim + (condMlpDims?.at(-1) ?? condDim);
  const body = unetBody(widths, blockConfig(config, features));
  return denoiser({
    leaves: [...time.leaves, ...(encoder?.leaves ?? []), ...body.leaves],
    horizonSteps,
    actionDim,
    condDim,
    timeFeatures: time.apply,
    condFeatures: (weights, cond) => encoder ? encoder.apply(weights, cond) : cond,
    predict: (weights, x, timeRows, cond) => {
      const sequence = tf.reshape(x, [x.shape[0], horizonSteps, actionDim]);
      const y = body.apply(weights, sequence, joinColumns(timeRows, cond));
      return tf.reshape(y, x.shape);
    },
  });
}

function requireHalving(horizonSteps: number, times: number): void {
  if (!Number.isInteger(horizonSteps / 2 ** times)) {
    throw new RangeError(
      `Cannot create unet: horizonSteps must be a multiple of ${2 ** times}, found ${horizonSteps}`,
    );
  }
}

function blockConfig(config: Unet1dConfig, condDim: number): ResidualBlockConfig {
  return {
    kernelSize: config.kernelSize ?? 5,
    nGroups: config.nGroups ?? null,
    groupnormEps: config.groupnormEps ?? 1e-5,
    activationType: config.activationType ?? "Mish",
    condDim,
    condPredictScale: config.condPredictScale ?? false,
    largerEncoder: config.condMlpDims === undefined && !config.smallerEncoder,
  };
}
