/**
 * What is pre-trained in the two profiles: the actors that fine-tuning goes on with.
 *
 * @module
 */
import type { ActorConfig } from "../nn/actor.ts";
import type { EnvSpec } from "../rl/environment.ts";

/** The reference's sizes, or smaller ones of the same structure. */
export type Profile = "compact" | "paper";

/** Steps of a chunk, all executed, and observations the policy sees. */
export const CHUNK = { horizonSteps: 4, condSteps: 1 } as const;

/** Diffusion steps. */
export const DENOISING_STEPS = 20;

/** The network that predicts noise: a perceptron or a one-dimensional U-Net. */
export const DENOISERS = ["mlp", "unet"] as const;
export type DenoiserName = typeof DENOISERS[number];

/** What all denoisers of an environment share. */
const sizes = ({ observationSize, actionSize }: EnvSpec) => ({
  actionDim: actionSize,
  horizonSteps: CHUNK.horizonSteps,
  condDim: CHUNK.condSteps * observationSize,
});

/** The actor of an environment and profile. */
export const actorConfig = (
  spec: EnvSpec,
  profile: Profile,
  denoiser: DenoiserName = "mlp",
): ActorConfig => denoiser === "mlp" ? mlpConfig(spec, profile) : unetConfig(spec, profile);

/** Units of each hidden layer. With 128 Square's policies misjudge how far the hand has to turn. */
const WIDTHS = { paper: { square: 1024, other: 512 }, compact: { square: 256, other: 128 } };

/** irom-lab/dppo `cfg/<suite>/pretrain/<task>/pre_diffusion_mlp.yaml`, network, or narrower. */
function mlpConfig(spec: EnvSpec, profile: Profile): ActorConfig {
  const isSquare = spec.name === "square", wide = profile === "paper" && isSquare;
  const width = WIDTHS[profile][isSquare ? "square" : "other"];
  return {
    class: "DiffusionMLP",
    ...sizes(spec),
    timeDim: wide ? 32 : 16,
    mlpDims: [width, width, width],
    ...(wide ? { condMlpDims: [512, 64] } : {}),
    activationType: spec.metric === "return" ? "ReLU" : "Mish",
    residualStyle: true,
  };
}

/**
 * irom-lab/dppo `cfg/robomimic/pretrain/<task>/pre_diffusion_unet.yaml`, network, or narrower; the reference has none
 * for gym, where Lift's is taken.
 */
const unetConfig = (spec: EnvSpec, profile: Profile): ActorConfig => ({
  class: "Unet1D",
  ...sizes(spec),
  diffusionStepEmbedDim: 16,
  dim: profile === "compact" ? 16 : spec.name === "square" ? 64 : 40,
  dimMults: [1, 2],
  kernelSize: 5,
  nGroups: 8,
  condPredictScale: true,
  activationType: "Mish",
  groupnormEps: 1e-5,
});

/** Where the pre-trained policy of an environment is kept; only another denoiser than the perceptron is named. */
export const checkpointPath = (
  env: string,
  profile: Profile,
  denoiser: DenoiserName = "mlp",
): string =>
  `fixtures/checkpoints/${env}/${profile}${denoiser === "mlp" ? "" : `-${denoiser}`}.safetensors`;
