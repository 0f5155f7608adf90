/**
 * Adaptive Diffusion Policy Optimization as pure functions: keys, tensors, networks, diffusion, optimizers,
 * reinforcement-learning estimators, methods, environments and statistics.
 *
 * @example One step of ADAPG
 * ```ts
 * import { adapg, leafOf, paramsOf, tensor } from "adpo";
 * import { strictEqual } from "node:assert/strict";
 * const optimizer = adapg({ learningRate: 0.1 });
 * const state = optimizer.init(paramsOf({ x: tensor([1], [1]) }));
 * const next = optimizer.step(state, paramsOf({ x: tensor([1], [4]) }));
 * strictEqual(leafOf(next.theta, "x").data[0], Math.fround(1 - 1.2 * 0.1));
 * strictEqual(leafOf(state.theta, "x").data[0], 1);
 * ```
 *
 * @module
 */
export { address, foldIn, type Key, key, split } from "./src/rng/key.ts";
export { bits, categorical, integers, normal, permutation, uniform } from "./src/rng/draw.ts";

export { type Doubles, type Floats, type Tensor, tensor, zeros } from "./src/tensor/tensor.ts";
export { type Leaf, leafOf, type Params, paramsOf, select } from "./src/tensor/params.ts";
export {
  type Arrays,
  evaluate,
  type Frozen,
  type LossNodes,
  type Nodes,
  type ValueAndGrad,
  valueAndGrad,
} from "./src/tensor/engine.ts";
export { tf } from "./src/tensor/backend.ts";
export { NonFiniteError } from "./src/tensor/non_finite.ts";
export { releaseUploads } from "./src/tensor/upload.ts";

export type { GradientTransform, Optimizer, OptimizerState } from "./src/optim/optimizer.ts";
export { adam, type AdamOptions, type AdamState } from "./src/optim/adam.ts";
export { adamw } from "./src/optim/adamw.ts";
export { adapg, type AdapgOptions, type AdapgReading, type AdapgState } from "./src/optim/adapg.ts";
export {
  adaptiveAdapg,
  type AdaptiveAdapgOptions,
  type AdaptiveAdapgState,
} from "./src/optim/adaptive_adapg.ts";
export { rmsprop, type RmspropOptions, type RmspropState } from "./src/optim/rmsprop.ts";
export { sgd, type SgdOptions, type SgdState } from "./src/optim/sgd.ts";
export { type OptimizerName, optimizerOf, optimizers } from "./src/optim/mod.ts";
export { clipByGlobalNorm, globalNorm } from "./src/optim/clip_by_global_norm.ts";
export { ema, type EmaOptions, polyak } from "./src/optim/ema.ts";
export {
  constant,
  type Schedule,
  warmupCosine,
  type WarmupCosineOptions,
} from "./src/optim/schedule.ts";
export { type DenominatorShares, denominatorShares } from "./src/optim/denominator_shares.ts";

export type { ActorConfig } from "./src/nn/actor.ts";
export type { ActivationName } from "./src/nn/activations.ts";
export type { Denoiser } from "./src/nn/denoiser.ts";
export { initialize, type LeafSpec, type Network } from "./src/nn/network.ts";
export { diffusionMlp, type DiffusionMlpConfig } from "./src/nn/diffusion_mlp.ts";
export { criticObs, type CriticObsConfig } from "./src/nn/critic_obs.ts";
export {
  type ActionCritic,
  criticObsAct,
  type CriticObsActConfig,
} from "./src/nn/critic_obs_act.ts";
export { unet1d, type Unet1dConfig } from "./src/nn/unet_1d.ts";

export type { PredictionConfig, ReverseProcess } from "./src/diffusion/reverse_process.ts";
export { cosineSchedule, type NoiseSchedule } from "./src/diffusion/cosine_schedule.ts";
export {
  type DiffusionConfig,
  type DiffusionPolicy,
  diffusionPolicy,
} from "./src/diffusion/policy.ts";
export {
  type ChainNoise,
  drawLossNoise,
  drawNoise,
  type LossNoise,
} from "./src/diffusion/noise.ts";
export {
  type ActorParams,
  type Sample,
  sample,
  type SampleOptions,
} from "./src/diffusion/sample.ts";
export { bcLoss, type LossBatch } from "./src/diffusion/bc_loss.ts";
export { type ChainLogProb, chainLogProb } from "./src/diffusion/log_prob.ts";

export type { Engine, Environment, EnvSpec, Simulator, Transition } from "./src/rl/environment.ts";
export type {
  ArmEngine,
  ArmModel,
  ArmReadings,
  ArmSimulator,
  Feedback,
  Remember,
} from "./src/rl/arm_simulator.ts";
export type { Ending } from "./src/rl/time_limit.ts";
export {
  addSegment,
  type Batch,
  emptyReplay,
  gather,
  type Replay,
  type Segment,
} from "./src/rl/replay.ts";
export type { ActMode, Policy } from "./src/rl/policy.ts";
export type { Rollout, TimeStep } from "./src/rl/rollout_types.ts";
export type { ClipSchedule } from "./src/rl/denoising_weights.ts";
export { type AdvantageInputs, type Advantages, gae, type TraceDecay } from "./src/rl/gae.ts";
export { tdLambdaTargets } from "./src/rl/td_lambda.ts";
export {
  initialRewardScaler,
  type RewardScaler,
  type RewardScaling,
  scaleRewards,
} from "./src/rl/reward_scaling.ts";
export {
  type ChunkEnvironment,
  type ChunkState,
  type ChunkStep,
  multiStep,
} from "./src/rl/multi_step.ts";
export { type Normalization, normalized } from "./src/rl/normalize.ts";
export {
  type VectorEnvironment,
  vectorEnvironment,
  type VectorState,
} from "./src/rl/vector_environment.ts";
export { collectRollout, type RolloutPlan, type RolloutState } from "./src/rl/rollout.ts";

export type { ActionSample, Method, Metrics, Step } from "./src/methods/method.ts";
export type { CriticHyper, Fidelity, LearningRate, MethodHyper } from "./src/methods/hyper.ts";
export { type Arms, type Learner, learnerAt, trainActor } from "./src/methods/learner.ts";
export { actBySampling } from "./src/methods/chunks.ts";
export { type Demonstrations, denoisingGradient } from "./src/methods/denoising.ts";
export { policyOf } from "./src/methods/networks.ts";
export {
  bufferOf,
  drawIndices,
  type MinibatchRule,
  replayUpdate,
  type WithReplay,
} from "./src/methods/replay_method.ts";
export { createMethod, type HyperOf, type MethodName, methods } from "./src/methods/mod.ts";
export { dppo } from "./src/methods/dppo.ts";
export type { DppoFidelity, DppoHyper } from "./src/methods/dppo_hyper.ts";
export type { ReplayFidelity, ReplayHyper } from "./src/methods/replay_hyper.ts";
export type { DppoState } from "./src/methods/dppo_state.ts";
export { type Engines, environments, type EnvName } from "./src/envs/mod.ts";
export { type ProbeName, probes } from "./src/envs/probes/mod.ts";
export { mujocoEngines } from "./src/adapters/mujoco_engines.ts";

export type { ArmSetting } from "./src/experiments/arm_optimizer.ts";
export {
  type Budget,
  type BudgetName,
  BUDGETS,
  budgets,
  type Profile,
  PROFILES,
} from "./src/experiments/budgets.ts";
export {
  type Arm,
  ARM_OPTIMIZERS,
  type ArmOptimizer,
  type Cell,
  DEFAULTS,
  type Numerics,
  type Setting,
  type Variant,
} from "./src/experiments/cell.ts";
export type { Divergence } from "./src/experiments/divergence.ts";
export { configure, type ConfiguredMethod } from "./src/experiments/hyperparameters.ts";
export { type Episode, evaluatePolicy, type EvaluationPlan } from "./src/experiments/evaluate.ts";
export { gridOf, type Selection } from "./src/experiments/grid.ts";
export { type Demonstrator, imitation } from "./src/experiments/imitation.ts";
export { openCell } from "./src/experiments/open_cell.ts";
export { probeTrial, randomPushes } from "./src/experiments/probe_trial.ts";
export {
  type Checkpoint,
  type IterationRecord,
  type Loop,
  runCell,
  type Scores,
  type Trial,
} from "./src/experiments/run_cell.ts";
export { type Metric, plainSuccess, scoreOf } from "./src/experiments/score.ts";
export {
  evaluationStreams,
  type StreamOwner,
  type Streams,
  streamsOf,
} from "./src/experiments/streams.ts";
export {
  type BestOf,
  type Contrast,
  studies,
  type Study,
  type StudyName,
  type StudyPart,
} from "./src/experiments/studies.ts";

export { FormatError } from "./src/provenance/format_error.ts";
export {
  formatSafetensors,
  parseSafetensors,
  type Safetensors,
} from "./src/provenance/safetensors.ts";
export type { DType, StoredData, StoredTensor } from "./src/provenance/stored_tensor.ts";

export {
  interquartileMean,
  optimalityGap,
  performanceProfile,
  probabilityOfImprovement,
} from "./src/stats/aggregate.ts";
export type { Interval } from "./src/stats/interval.ts";
export type { ScoreMatrix } from "./src/stats/score_matrix.ts";
export { stratifiedBootstrap } from "./src/stats/stratified_bootstrap.ts";
export { meanInterval } from "./src/stats/t_interval.ts";
export { pairedInterval, pairedTTest, signFlipTest } from "./src/stats/paired.ts";
export { benjaminiHochberg, holm } from "./src/stats/multiple_comparisons.ts";
export { seedsNeeded } from "./src/stats/power.ts";
export { wilsonInterval } from "./src/stats/wilson.ts";
