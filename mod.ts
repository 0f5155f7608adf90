/**
 * Adaptive Diffusion Policy Optimization as pure functions: keys, tensors, networks, diffusion, optimizers,
 * reinforcement-learning estimators, methods, environments, demonstrations, experiments and statistics.
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
 * @example An environment and demonstrations of your own: pre-train, fine-tune with ADAPG, evaluate
 * ```ts
 * import * as adpo from "adpo";
 * import { strictEqual } from "node:assert/strict";
 * // A point in the plane that is to go to the origin; the state is a flat array.
 * const plane: adpo.Environment<adpo.Doubles> = {
 *   spec: {
 *     name: "plane",
 *     observationSize: 2,
 *     actionSize: 2,
 *     maxEpisodeSteps: 20,
 *     timeLimit: "wrapper",
 *     controlTimestep: 0.1,
 *     metric: "return",
 *   },
 *   reset(key) {
 *     const state = Float64Array.from(adpo.uniform(key, [2], -1, 1).data);
 *     return { state, observation: state };
 *   },
 *   step(before, action) {
 *     const state = Float64Array.from(before, (x, i) => x + 0.2 * action[i]);
 *     return { state, observation: state, reward: Math.exp(-Math.hypot(...state)), done: false };
 *   },
 * };
 * const raw = adpo.recordDemonstrations(plane, (x) => Float64Array.from(x, (v) => -v), 400, adpo.key(1));
 * const { train, normalization } = adpo.buildDataset(raw);
 *
 * const { hyper, create } = adpo.configure("dppo", plane.spec, "compact", "reference");
 * const windows = { horizonSteps: hyper.actor.horizonSteps, condSteps: 1 };
 * const passes = adpo.pretrain(adpo.policyOf(hyper), train, windows, {
 *   period: "epoch",
 *   periods: 10,
 *   batchSize: 64,
 *   weightDecay: 1e-6,
 *   learningRate: { firstCycleSteps: 10, warmupSteps: 1, maxLr: 1e-3, minLr: 1e-4 },
 *   ema: { decay: 0.9, epochStartEma: 1, updateEmaFreq: 1 },
 * }, adpo.key(2));
 * const [last] = [...passes].slice(-1);
 *
 * const optimizer = adpo.adapg({ learningRate: 1e-4 });
 * const method = create({ actor: optimizer, critic: optimizer });
 * const env = adpo.multiStep(adpo.normalized(plane, normalization), windows.condSteps);
 * const streams = adpo.streamsOf({ env: "plane", method: "dppo", seed: 0 });
 * const before = method.init(last.average, streams.init);
 * const vector = adpo.vectorEnvironment(env, hyper.nEnvs);
 * const { rollout } = adpo.collectRollout(method, before, vector, undefined, {
 *   iteration: 0,
 *   chunks: 25,
 *   mode: "explore",
 *   resetKey: streams.resets(0),
 *   actKey: streams.act(0),
 * });
 * const [after] = method.update(before, rollout, streams.update(0));
 * const episodes = adpo.evaluatePolicy(method, after, {
 *   env,
 *   episodes: 3,
 *   actSteps: hyper.actSteps,
 *   streams: adpo.evaluationStreams("plane"),
 * });
 * strictEqual(episodes.every(({ steps }) => steps === 20), true);
 * ```
 *
 * @example A loss of your own: through the whole denoising chain to actions near 0.5
 * ```ts
 * import * as adpo from "adpo";
 * import { ok } from "node:assert/strict";
 * const network = adpo.diffusionMlp({ actionDim: 1, horizonSteps: 2, condDim: 1, mlpDims: [16, 16] });
 * const policy = adpo.diffusionPolicy(network, { denoisingSteps: 4 });
 * const inputs = { cond: adpo.zeros([32, 1]), ...adpo.drawNoise(policy, adpo.key(1), 32) };
 * const optimizer = adpo.adapg({ learningRate: 3e-3 });
 * let state = optimizer.init(adpo.initialize(network, adpo.key(0)));
 * const values = Array.from({ length: 40 }, () => {
 *   const { value, grads } = adpo.valueAndGrad(state.theta, {}, inputs, (actor, _, { cond, ...noise }) => {
 *     const [action] = adpo.sampleChain(policy, { actor }, cond, noise, false).slice(-1);
 *     return { loss: adpo.tf.mean(adpo.tf.squaredDifference(action, 0.5)) };
 *   });
 *   state = optimizer.step(state, grads);
 *   return value;
 * });
 * ok(values[39] < 0.5 * values[0], `${values[0]} → ${values[39]}`);
 * ```
 *
 * @example Iteration 0 of a published run again, to the same digests
 * ```ts
 * import { cellPath, DEFAULTS, gridOf, mujocoEngines, openCell, runCell } from "adpo";
 * import { seal, settingPath, studies } from "adpo";
 * import { deepStrictEqual } from "node:assert/strict";
 * const selection = { only: ["hopper/dppo-adapg"], seeds: [0] };
 * const [cell] = gridOf(studies.table1, DEFAULTS, selection);
 * const file = Deno.readFileSync("fixtures/checkpoints/hopper/compact.safetensors");
 * const [checkpoint] = runCell(openCell(cell, file, mujocoEngines));
 * const folder = `results/table1/${settingPath(cell)}/cells/${cellPath(cell)}`;
 * const [recorded] = Deno.readTextFileSync(`${folder}/digests.jsonl`).split("\n");
 * deepStrictEqual(seal(checkpoint).digests, JSON.parse(recorded));
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
export { qSample } from "./src/diffusion/q_sample.ts";
export { stepColumn } from "./src/diffusion/column.ts";
export { type Actors, type NoiseNodes, sampleChain } from "./src/diffusion/sample_chain.ts";

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
export { type Engines, type EnvironmentEntry, environments, type EnvName } from "./src/envs/mod.ts";
export { type ProbeName, probes } from "./src/envs/probes/mod.ts";
export { mujocoEngines } from "./src/adapters/mujoco_engines.ts";

export {
  buildDataset,
  type Dataset,
  type RawReplay,
  type Trajectories,
} from "./src/data/dataset.ts";
export { type Behaviour, recordDemonstrations } from "./src/data/demonstrations.ts";
export {
  type FileArrays,
  parseNormalization,
  parseTrajectories,
  type Sizes,
} from "./src/data/data_files.ts";
export { parseNpz } from "./src/data/formats/npz.ts";
export type { WindowConfig } from "./src/data/windows.ts";
export { pretrain, type PretrainHyper, type PretrainState } from "./src/data/pretrain.ts";
export { formatCheckpoint, parseCheckpoint, type PretrainedPolicy } from "./src/data/checkpoint.ts";

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
  armName,
  type ArmOptimizer,
  type Cell,
  cellPath,
  DEFAULTS,
  type Numerics,
  type Setting,
  settingPath,
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
  type IterationDigests,
  seal,
  type SealedCheckpoint,
} from "./src/experiments/sealed_checkpoint.ts";
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
export type { Json } from "./src/provenance/strict_json.ts";

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
