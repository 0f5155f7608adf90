/**
 * Hyperparameters of the methods that learn from a replay.
 *
 * The compact profile keeps what each buffer holds in iterations. It takes smaller and fewer minibatches, so that an
 * iteration costs about two seconds on one core, and lets targets follow faster, so that critics know returns in time.
 *
 * @see irom-lab/dppo at 7b10df6, `cfg/{gym,robomimic}/finetune/<task>/ft_{dipo,idql,awr,qsm,dql}_diffusion_mlp.yaml`
 * @module
 */
import type { CriticHyper, Fidelity, MethodHyper } from "../methods/hyper.ts";
import type {
  DawrHyper,
  DipoHyper,
  DqlHyper,
  IdqlHyper,
  QsmHyper,
  ReplayHyper,
} from "../methods/replay_hyper.ts";
import type { EnvSpec } from "../rl/environment.ts";
import type { Profile } from "./budgets.ts";
import { criticWidth } from "./shared_hyperparameters.ts";

type Shared = Omit<MethodHyper, "nCriticWarmupItr">;
type Replayed = Pick<ReplayHyper, "batchSize" | "scaleRewardFactor">;

const isGym = ({ metric }: EnvSpec): boolean => metric === "return";

/** train.batch_size and train.scale_reward_factor */
const common = (spec: EnvSpec, profile: Profile): Replayed => ({
  batchSize: profile === "paper" ? 1000 : 125,
  scaleRewardFactor: isGym(spec) ? 0.01 : 1,
});

/** model.critic of Q: the reference asks for a residual network and does not get one (quirk Q1). */
const doubleCritic = (profile: Profile, fidelity: Fidelity): CriticHyper => ({
  ...criticWidth(profile),
  residualStyle: fidelity === "corrected",
});

/** model.critic of V */
const valueCritic = (profile: Profile): CriticHyper => ({
  ...criticWidth(profile),
  residualStyle: true,
});

/** Transitions of the last 50 compact iterations, as train.buffer_size holds 50 of the reference's in gym. */
const transitions = (profile: Profile) => ({
  bufferUnit: "transitions" as const,
  bufferSize: profile === "paper" ? 1_000_000 : 50_000,
});

/** Steps of all environments; the reference's buffers hold fewer iterations in robomimic. */
const vectorSteps = (profile: Profile, paper: number, compact: number) => ({
  bufferUnit: "vector steps" as const,
  bufferSize: profile === "paper" ? paper : compact,
});

/**
 * How fast compact targets follow. Values travel back by about one chunk each time a target has been replaced, and γ
 * sees 100 chunks. The reference's 900 training iterations replace targets 1440 (QSM, DQL) to 5760 times (DIPO); 135
 * compact ones replace them 1300 times with 48 minibatches each and 650 times with 24.
 */
const COMPACT_TARGET_RATE = 0.2;

export const dawrHyperparameters = (
  spec: EnvSpec,
  profile: Profile,
  fidelity: Fidelity,
  shared: Shared,
): DawrHyper => ({
  ...shared,
  ...common(spec, profile),
  ...vectorSteps(profile, isGym(spec) ? 5000 : 3000, 1000), // train.buffer_size
  nCriticWarmupItr: isGym(spec) ? 0 : 2, // train.n_critic_warmup_itr
  critic: valueCritic(profile),
  replayRatio: profile === "paper" ? 64 : 32, // train.replay_ratio
  criticUpdateRatio: 4, // train.critic_update_ratio
  beta: 10, // train.beta
  maxAdvWeight: 100, // train.max_adv_weight
  fidelity: {
    timeLimit: fidelity,
    criticPairing: fidelity,
    criticIndices: fidelity,
    tdDiscount: fidelity,
    tdEnds: fidelity,
  },
});

/**
 * A stored chunk is drawn replayRatio times before it is dropped, and climbs in proportion to actionLr each time.
 * Compact runs draw it less often, so that it climbs faster, and as far.
 */
function climbing(spec: EnvSpec, profile: Profile): Pick<DipoHyper, "replayRatio" | "actionLr"> {
  const paper = { replayRatio: isGym(spec) ? 64 : 16, actionLr: 1e-4 }; // train.replay_ratio, train.action_lr
  if (profile === "paper") return paper;
  const replayRatio = 3;
  return { replayRatio, actionLr: paper.actionLr * paper.replayRatio / replayRatio };
}

export const dipoHyperparameters = (
  spec: EnvSpec,
  profile: Profile,
  fidelity: Fidelity,
  shared: Shared,
): DipoHyper => ({
  ...shared,
  ...common(spec, profile),
  ...transitions(profile), // train.buffer_size
  nCriticWarmupItr: isGym(spec) || spec.name === "lift" ? 5 : 2, // train.n_critic_warmup_itr
  critic: doubleCritic(profile, fidelity),
  ...climbing(spec, profile),
  targetEmaRate: profile === "paper" ? 0.005 : COMPACT_TARGET_RATE, // train.target_ema_rate
  actionGradientSteps: 10, // train.action_gradient_steps
  fidelity: { timeLimit: fidelity, actionClip: fidelity, writeBack: fidelity },
});

export const idqlHyperparameters = (
  spec: EnvSpec,
  profile: Profile,
  fidelity: Fidelity,
  shared: Shared,
): IdqlHyper => ({
  ...shared,
  ...common(spec, profile),
  ...vectorSteps(profile, isGym(spec) ? 25_000 : 5000, 5000), // train.buffer_size
  nCriticWarmupItr: 5, // train.n_critic_warmup_itr
  criticQ: doubleCritic(profile, fidelity),
  criticV: valueCritic(profile),
  replayRatio: profile === "paper" ? 128 : 6, // train.replay_ratio
  criticTau: profile === "paper" ? 0.001 : COMPACT_TARGET_RATE, // train.critic_tau
  expectile: 0.8, // IDQLDiffusion.expectile
  evalSampleNum: profile === "paper" && isGym(spec) ? 20 : 10, // train.eval_sample_num
  criticHyperparam: 0.7, // IDQLDiffusion.critic_hyperparam
  fidelity: { timeLimit: fidelity, staleObservation: fidelity },
});

export const qsmHyperparameters = (
  spec: EnvSpec,
  profile: Profile,
  fidelity: Fidelity,
  shared: Shared,
): QsmHyper => ({
  ...shared,
  ...common(spec, profile),
  ...vectorSteps(profile, isGym(spec) ? 25_000 : 5000, 5000), // train.buffer_size
  nCriticWarmupItr: 5, // train.n_critic_warmup_itr
  critic: doubleCritic(profile, fidelity),
  replayRatio: profile === "paper" ? 16 : 6, // train.replay_ratio
  criticTau: profile === "paper" ? 0.005 : COMPACT_TARGET_RATE, // train.critic_tau
  qGradCoeff: 10, // train.q_grad_coeff
  fidelity: { timeLimit: fidelity, staleObservation: fidelity },
});

export const dqlHyperparameters = (
  spec: EnvSpec,
  profile: Profile,
  fidelity: Fidelity,
  shared: Shared,
): DqlHyper => ({
  ...shared,
  ...common(spec, profile),
  ...transitions(profile), // train.buffer_size
  nCriticWarmupItr: 5, // train.n_critic_warmup_itr
  critic: doubleCritic(profile, fidelity),
  replayRatio: profile === "paper" ? 16 : 3, // train.replay_ratio
  targetEmaRate: profile === "paper" ? 0.005 : COMPACT_TARGET_RATE, // train.target_ema_rate
  eta: 1, // train.eta
  fidelity: { timeLimit: fidelity, cloning: fidelity },
});
