/**
 * The actors of the two profiles and how they are pre-trained.
 *
 * @module
 */
import type { DiffusionMlpConfig } from "../nn/diffusion_mlp.ts";
import type { EnvSpec } from "../rl/environment.ts";
import type { PretrainHyper } from "./pretrain.ts";

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

const COMPACT: PretrainHyper = {
  period: "step",
  periods: 8000,
  batchSize: 256,
  weightDecay: 1e-6,
  learningRate: { firstCycleSteps: 8000, warmupSteps: 1, maxLr: 1e-3, minLr: 1e-4 },
  ema: { decay: 0.995, epochStartEma: 0, updateEmaFreq: 1 },
};

/** Same file, train and ema, for locomotion. */
const GYM: PretrainHyper = {
  period: "epoch",
  periods: 3000,
  batchSize: 128,
  weightDecay: 1e-6,
  learningRate: { firstCycleSteps: 3000, warmupSteps: 1, maxLr: 1e-3, minLr: 1e-4 },
  ema: { decay: 0.995, epochStartEma: 10, updateEmaFreq: 5 },
};

/** Same file for manipulation; fine-tuning starts from the checkpoint of epoch 5000, or 8000 for Square. */
const ROBOMIMIC: PretrainHyper = {
  period: "epoch",
  periods: 8000,
  batchSize: 256,
  weightDecay: 1e-6,
  learningRate: { firstCycleSteps: 10_000, warmupSteps: 100, maxLr: 1e-4, minLr: 1e-5 },
  ema: { decay: 0.995, epochStartEma: 20, updateEmaFreq: 10 },
};

/** How the actor of an environment and profile is pre-trained. */
export function pretrainHyper({ name, metric }: EnvSpec, profile: Profile): PretrainHyper {
  if (profile === "compact") return COMPACT;
  if (metric === "return") return GYM;
  return name === "square" ? ROBOMIMIC : { ...ROBOMIMIC, periods: 5000 };
}
