/**
 * DPPO's hyperparameters.
 *
 * @see irom-lab/dppo at 7b10df6, `cfg/{gym,robomimic}/finetune/<task>/ft_ppo_diffusion_mlp.yaml`
 * @module
 */
import type { DppoHyper } from "../methods/dppo_hyper.ts";
import type { MethodHyper } from "../methods/hyper.ts";
import type { EnvSpec } from "../rl/environment.ts";
import type { Fidelity } from "../methods/hyper.ts";
import type { Profile } from "./budgets.ts";
import { criticWidth } from "./shared_hyperparameters.ts";

/** The reference's numbers (`paper`), or the same structure with smaller minibatches (`compact`). */
export function dppoHyperparameters(
  spec: EnvSpec,
  profile: Profile,
  fidelity: Fidelity,
  shared: Omit<MethodHyper, "nCriticWarmupItr">,
): DppoHyper {
  const gym = spec.metric === "return";
  const paperBatch = gym ? 5000 : spec.name === "square" ? 10_000 : 7500; // train.batch_size
  return {
    ...shared,
    nCriticWarmupItr: gym ? 0 : 2, // train.n_critic_warmup_itr
    critic: { ...criticWidth(profile), residualStyle: true }, // model.critic
    ftDenoisingSteps: 10, // ft_denoising_steps
    gammaDenoising: 0.99, // model.gamma_denoising
    clipPlossCoef: 0.01, // model.clip_ploss_coef
    clipPlossCoefBase: gym ? 0.01 : 0.001, // model.clip_ploss_coef_base
    clipPlossCoefRate: 3, // model.clip_ploss_coef_rate
    gaeLambda: 0.95, // train.gae_lambda
    rewardScaleRunning: true, // train.reward_scale_running
    rewardScaleConst: 1, // train.reward_scale_const
    batchSize: profile === "paper" ? paperBatch : 250,
    updateEpochs: gym || profile === "compact" ? 5 : 10, // train.update_epochs
    rewardHorizon: shared.actSteps, // train.reward_horizon, by default act_steps
    normAdv: true,
    clipAdvantageLowerQuantile: 0,
    clipAdvantageUpperQuantile: 1,
    clipVlossCoef: null,
    vfCoef: 0.5, // train.vf_coef
    entCoef: 0,
    bcLossCoeff: 0,
    targetKl: 1, // train.target_kl
    fidelity: { truncation: fidelity, rewardScaler: fidelity, logProb: fidelity },
  };
}
