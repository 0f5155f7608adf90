/**
 * What all methods share on an environment: actor, diffusion, learning rates and the size of an iteration.
 *
 * @see irom-lab/dppo at 7b10df6, `cfg/{gym,robomimic}/finetune/<task>/ft_*_diffusion_mlp.yaml`
 * @module
 */
import { actorConfig, CHUNK, DENOISING_STEPS } from "../data/pretrain_settings.ts";
import type { CriticHyper, Fidelity, LearningRate, MethodHyper } from "../methods/hyper.ts";
import type { EnvSpec } from "../rl/environment.ts";
import type { Profile } from "./budgets.ts";
import type { Variant } from "./cell.ts";
import type { Loop } from "./run_cell.ts";

/** Every learning rate is constant: both ends of its schedule are equal (quirk Q12). */
const constant = (lr: number): LearningRate => ({
  lr,
  minLr: lr,
  firstCycleSteps: 1000, // train.*_lr_scheduler.first_cycle_steps
  warmupSteps: 10, // train.*_lr_scheduler.warmup_steps
});

/** Hidden layers of a critic: model.critic.mlp_dims, or the compact actor's width. */
export const criticWidth = (profile: Profile): Omit<CriticHyper, "residualStyle"> => ({
  mlpDims: profile === "paper" ? [256, 256, 256] : [128, 128, 128],
  activationType: "Mish", // model.critic.activation_type
});

/** Fields of a method's configuration that do not depend on the method. */
export function sharedHyperparameters(
  spec: EnvSpec,
  profile: Profile,
  fidelity: Fidelity,
  { denoiser, rate = 1 }: Variant,
): Omit<MethodHyper, "nCriticWarmupItr"> {
  const gym = spec.metric === "return";
  return {
    actor: actorConfig(spec, profile, denoiser),
    diffusion: {
      denoisingSteps: DENOISING_STEPS, // denoising_steps
      randnClipValue: 3, // model.randn_clip_value
      minSamplingDenoisingStd: 0.1, // model.min_sampling_denoising_std
      minLogprobDenoisingStd: 0.1, // model.min_logprob_denoising_std
      finalActionClipValue: fidelity === "corrected" ? 1 : null, // quirk Q10: actions leave [−1, 1]
    },
    actSteps: CHUNK.horizonSteps, // act_steps
    nEnvs: profile === "compact" ? 10 : gym ? 40 : 50, // env.n_envs
    gamma: gym ? 0.99 : 0.999, // train.gamma
    // Compact runs take a hundredth of the reference's samples, so robomimic's rate is the gym one there.
    actorLr: constant(rate * (gym || profile === "compact" ? 1e-4 : 1e-5)), // train.actor_lr
    criticLr: constant(rate * 1e-3), // train.critic_lr
    maxGradNorm: null,
  };
}

/** Chunks per iteration, evaluations and resets. */
export function loopOf(
  { metric, name }: EnvSpec,
  profile: Profile,
  fidelity: Fidelity,
): Omit<Loop, "iterations"> {
  const gym = metric === "return";
  const paperSteps = gym ? 500 : name === "square" ? 400 : 300; // train.n_steps
  return {
    nSteps: profile === "paper" ? paperSteps : 100,
    valFreq: 10, // train.val_freq
    resetAtIteration: !gym, // env.reset_at_iteration
    resetAfterEvaluation: fidelity === "corrected",
    bestRewardThresholdForSuccess: gym ? 3 : 1, // env.best_reward_threshold_for_success
    curveEpisodes: 10,
  };
}

/** train.n_train_itr */
export const trainingIterations = (spec: EnvSpec, method: string): number =>
  spec.metric === "return" ? 1000 : spec.name === "square" && method === "dppo" ? 500 : 300;
