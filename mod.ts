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
export { type Arrays, evaluate, type Nodes, valueAndGrad } from "./src/tensor/engine.ts";
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
export { rmsprop, type RmspropOptions } from "./src/optim/rmsprop.ts";
export { sgd, type SgdOptions } from "./src/optim/sgd.ts";
export { optimizerOf, optimizers } from "./src/optim/mod.ts";
export { clipByGlobalNorm, globalNorm } from "./src/optim/clip_by_global_norm.ts";
export { ema, polyak } from "./src/optim/ema.ts";
export { constant, type Schedule, warmupCosine } from "./src/optim/schedule.ts";
export { denominatorShares } from "./src/optim/denominator_shares.ts";

export { initialize, type LeafSpec, type Network } from "./src/nn/network.ts";
export { diffusionMlp, type DiffusionMlpConfig } from "./src/nn/diffusion_mlp.ts";
export { criticObs } from "./src/nn/critic_obs.ts";
export { criticObsAct } from "./src/nn/critic_obs_act.ts";
export { unet1d } from "./src/nn/unet_1d.ts";

export { cosineSchedule, type NoiseSchedule } from "./src/diffusion/cosine_schedule.ts";
export {
  type DiffusionConfig,
  type DiffusionPolicy,
  diffusionPolicy,
} from "./src/diffusion/policy.ts";
export { type ChainNoise, drawLossNoise, drawNoise } from "./src/diffusion/noise.ts";
export { sample } from "./src/diffusion/sample.ts";
export { bcLoss } from "./src/diffusion/bc_loss.ts";
export { chainLogProb } from "./src/diffusion/log_prob.ts";

export type { Environment, EnvSpec, Transition } from "./src/rl/environment.ts";
export type { Rollout, TimeStep } from "./src/rl/rollout_types.ts";
export { gae } from "./src/rl/gae.ts";
export { tdLambdaTargets } from "./src/rl/td_lambda.ts";
export { initialRewardScaler, scaleRewards } from "./src/rl/reward_scaling.ts";
export { multiStep } from "./src/rl/multi_step.ts";
export { normalized } from "./src/rl/normalize.ts";
export { type VectorEnvironment, vectorEnvironment } from "./src/rl/vector_environment.ts";
export { collectRollout } from "./src/rl/rollout.ts";

export type { ActionSample, Method, Metrics } from "./src/methods/method.ts";
export type { Arms } from "./src/methods/learner.ts";
export { createMethod, type HyperOf, type MethodName, methods } from "./src/methods/mod.ts";
export { dppo } from "./src/methods/dppo.ts";
export type { DppoHyper } from "./src/methods/dppo_hyper.ts";
export { environments, type EnvName } from "./src/envs/mod.ts";
export { mujocoEngines } from "./src/adapters/mujoco_engines.ts";

export {
  type Arm,
  type Cell,
  DEFAULTS,
  type Setting,
  type Variant,
} from "./src/experiments/cell.ts";
export { configure, type ConfiguredMethod } from "./src/experiments/hyperparameters.ts";
export { type Episode, evaluatePolicy, type EvaluationPlan } from "./src/experiments/evaluate.ts";
export { gridOf } from "./src/experiments/grid.ts";
export { openCell } from "./src/experiments/open_cell.ts";
export { type Checkpoint, runCell, type Scores, type Trial } from "./src/experiments/run_cell.ts";
export { studies, type Study, type StudyName } from "./src/experiments/studies.ts";

export { formatSafetensors, parseSafetensors } from "./src/provenance/safetensors.ts";

export {
  interquartileMean,
  optimalityGap,
  performanceProfile,
  probabilityOfImprovement,
} from "./src/stats/aggregate.ts";
export { stratifiedBootstrap } from "./src/stats/stratified_bootstrap.ts";
export { meanInterval, pairedInterval, pairedTTest, signFlipTest } from "./src/stats/paired.ts";
export { benjaminiHochberg, holm } from "./src/stats/multiple_comparisons.ts";
export { seedsNeeded } from "./src/stats/power.ts";
export { wilsonInterval } from "./src/stats/wilson.ts";
