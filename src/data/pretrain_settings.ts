/**
 * What is pre-trained in the two profiles: the actors that fine-tuning goes on with.
 *
 * @module
 */
import type { DiffusionMlpConfig } from "../nn/diffusion_mlp.ts";
import type { EnvSpec } from "../rl/environment.ts";

/** The reference's sizes, or smaller ones of the same structure. */
export type Profile = "compact" | "paper";

/** Steps of a chunk, all executed, and observations the policy sees. */
export const CHUNK = { horizonSteps: 4, condSteps: 1 } as const;

/** Diffusion steps. */
export const DENOISING_STEPS = 20;

/** irom-lab/dppo `cfg/<suite>/pretrain/<task>/pre_diffusion_mlp.yaml`, network, or narrower. */
export function actorConfig(spec: EnvSpec, profile: Profile): DiffusionMlpConfig {
  const { observationSize, actionSize, name, metric } = spec;
  const wide = profile === "paper" && name === "square";
  const width = wide ? 1024 : profile === "paper" ? 512 : 128;
  return {
    actionDim: actionSize,
    horizonSteps: CHUNK.horizonSteps,
    condDim: CHUNK.condSteps * observationSize,
    timeDim: wide ? 32 : 16,
    mlpDims: [width, width, width],
    ...(wide ? { condMlpDims: [512, 64] } : {}),
    activationType: metric === "return" ? "ReLU" : "Mish",
    residualStyle: true,
  };
}
