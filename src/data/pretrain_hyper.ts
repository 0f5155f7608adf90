/**
 * How the actors of the two profiles are pre-trained.
 *
 * @module
 */
import type { EnvSpec } from "../rl/environment.ts";
import type { PretrainHyper } from "./pretrain.ts";
import type { Profile } from "./pretrain_settings.ts";

/**
 * Steps of the compact profile where 8000 leave the policy far from its demonstrations, or, in Lift, so close to
 * them that it always succeeds and fine-tuning has nothing to gain: there pre-training stops early.
 */
const COMPACT_STEPS: Readonly<Record<string, number>> = {
  walker2d: 24_000,
  halfcheetah: 24_000,
  lift: 500,
  square: 120_000,
};

const compact = (steps: number): PretrainHyper => ({
  period: "step",
  periods: steps,
  batchSize: 256,
  weightDecay: 1e-6,
  learningRate: { firstCycleSteps: steps, warmupSteps: 1, maxLr: 1e-3, minLr: 1e-4 },
  ema: { decay: 0.995, epochStartEma: 0, updateEmaFreq: 1 },
});

/** irom-lab/dppo `cfg/gym/pretrain/<task>/pre_diffusion_mlp.yaml`, train and ema. */
const GYM: PretrainHyper = {
  period: "epoch",
  periods: 3000,
  batchSize: 128,
  weightDecay: 1e-6,
  learningRate: { firstCycleSteps: 3000, warmupSteps: 1, maxLr: 1e-3, minLr: 1e-4 },
  ema: { decay: 0.995, epochStartEma: 10, updateEmaFreq: 5 },
};

/**
 * irom-lab/dppo `cfg/robomimic/pretrain/<task>/pre_diffusion_mlp.yaml`; fine-tuning starts from the checkpoint of
 * epoch 5000, or 8000 for Square.
 */
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
  if (profile === "compact") return compact(COMPACT_STEPS[name] ?? 8000);
  if (metric === "return") return GYM;
  return name === "square" ? ROBOMIMIC : { ...ROBOMIMIC, periods: 5000 };
}
