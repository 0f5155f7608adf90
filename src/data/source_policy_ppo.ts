/**
 * Proximal policy optimization of a Gaussian policy: where the demonstrations' behaviour comes from.
 *
 * Observations are standardised and rewards scaled by running moments.
 *
 * @see Schulman et al. 2017, https://arxiv.org/abs/1707.06347
 * @module
 */
import { adam, type AdamState } from "../optim/adam.ts";
import { clipByGlobalNorm } from "../optim/clip_by_global_norm.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import { clippedSurrogate } from "../rl/clipped_surrogate.ts";
import { initialRewardScaler, type RewardScaler } from "../rl/reward_scaling.ts";
import { collectRollout, type RolloutState } from "../rl/rollout.ts";
import type { Rollout } from "../rl/rollout_types.ts";
import { standardized } from "../rl/statistics.ts";
import type { VectorEnvironment } from "../rl/vector_environment.ts";
import { permutation } from "../rng/draw.ts";
import { address, type Key } from "../rng/key.ts";
import { tf } from "../tensor/backend.ts";
import { valueAndGrad } from "../tensor/engine.ts";
import type { Params } from "../tensor/params.ts";
import { tensor } from "../tensor/tensor.ts";
import { gaussianPolicy } from "./gaussian_policy.ts";
import { noMoments, type RunningMoments, withRows } from "./running_moments.ts";
import { batchRows, type SourceBatch, sourceBatch } from "./source_policy_batch.ts";
import {
  initialParams,
  logDensity,
  policyLeaves,
  type SourceNetworks,
  sourceNetworks,
} from "./source_policy_networks.ts";

/** Hyperparameters of the trainer. */
export interface SourcePpoHyper {
  /** Steps of every environment per iteration. */
  readonly steps: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly gamma: number;
  readonly lambda: number;
  /** Half-width of the interval in which a probability ratio earns. */
  readonly clip: number;
  readonly maxGradNorm: number;
  /** Initial logarithm of the standard deviation. */
  readonly logStd: number;
}

/** All that training remembers. */
export interface SourcePpoState {
  readonly iteration: number;
  readonly adam: AdamState;
  readonly moments: RunningMoments;
  readonly scaler: RewardScaler;
  readonly rollout: RolloutState | undefined;
  /** Return so far of every environment's episode. */
  readonly running: readonly number[];
}

/** A trainer in one environment. */
export interface SourcePpo {
  init(key: Key): SourcePpoState;
  /** The state after one iteration and the returns of the episodes that ended in it. */
  iterate(state: SourcePpoState, key: Key): readonly [SourcePpoState, readonly number[]];
  /** The policy's leaves, as `gaussianPolicy` takes them. */
  policyOf(state: SourcePpoState): Params;
}

/** What every iteration of one trainer uses. */
interface Setup {
  readonly env: VectorEnvironment;
  readonly hyper: SourcePpoHyper;
  readonly networks: SourceNetworks;
  readonly optimizer: Optimizer<AdamState>;
}

/** @param env with chunks of one step, in raw units */
export function sourcePpo(env: VectorEnvironment, hyper: SourcePpoHyper): SourcePpo {
  const networks = sourceNetworks(env.spec.observationSize, env.spec.actionSize);
  const optimizer = adam({ learningRate: hyper.learningRate, eps: 1e-5 });
  const setup = { env, hyper, networks, optimizer };
  return {
    init: (key) => initial(setup, key),
    iterate: (state, key) => iterate(setup, state, address(key, state.iteration)),
    policyOf,
  };
}

const policyOf = ({ adam, moments }: SourcePpoState): Params => policyLeaves(adam.theta, moments);

function initial({ env, hyper, networks, optimizer }: Setup, key: Key): SourcePpoState {
  return {
    iteration: 0,
    adam: optimizer.init(initialParams(networks, env.spec.actionSize, hyper.logStd, key)),
    moments: noMoments(env.spec.observationSize),
    scaler: initialRewardScaler(env.envs),
    rollout: undefined,
    running: new Array(env.envs).fill(0),
  };
}

function iterate(setup: Setup, state: SourcePpoState, key: Key): ReturnType<SourcePpo["iterate"]> {
  const { networks, hyper: { gamma, lambda } } = setup, { adam, moments } = state;
  const { rollout, next } = collect(setup, state, key);
  const context = { networks, theta: adam.theta, gamma, lambda, moments, scaler: state.scaler };
  const [scaler, batch] = sourceBatch(context, rollout);
  const [running, finished] = episodeReturns(state.running, rollout);
  return [{
    iteration: state.iteration + 1,
    adam: improve(setup, adam, batch, key),
    moments: withRows(moments, rollout.observation),
    scaler,
    rollout: next,
    running,
  }, finished];
}

function collect({ env, hyper }: Setup, state: SourcePpoState, key: Key) {
  const policy = gaussianPolicy(policyOf(state));
  const behaviour = {
    recordsChain: false,
    seesFinalObservation: false,
    act: (_: Params, observation: Rollout["observation"], actKey: Key) => ({
      action: policy.sampleRows(observation, actKey),
    }),
  };
  return collectRollout(behaviour, state.adam.theta, env, state.rollout, {
    iteration: state.iteration,
    chunks: hyper.steps,
    mode: "explore",
    resetKey: address(key, "reset"),
    actKey: address(key, "act"),
  });
}

/** Steps over minibatches, every epoch in an order of its own. */
function improve(
  { hyper, networks, optimizer }: Setup,
  from: AdamState,
  batch: SourceBatch,
  key: Key,
): AdamState {
  const { epochs, batchSize, clip, maxGradNorm } = hyper;
  const clipGradient = clipByGlobalNorm(maxGradNorm);
  let state = from;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = permutation(address(key, "order", epoch), batch.target.shape[0]);
    for (let at = 0; at + batchSize <= order.length; at += batchSize) {
      const rows = batchRows(batch, order.subarray(at, at + batchSize));
      state = optimizer.step(state, clipGradient(gradients(networks, state.theta, rows, clip)));
    }
  }
  return state;
}

/** Gradients of the clipped surrogate plus a quarter of the mean squared value error. */
function gradients(
  networks: SourceNetworks,
  theta: Params,
  batch: SourceBatch,
  clip: number,
): Params {
  const { shape, data } = batch.advantage;
  const advantage = tensor(shape, standardized(data as Float32Array, 1e-8));
  return valueAndGrad(theta, {}, { ...batch, advantage }, (nodes, _, x) => {
    const logProb = logDensity(networks, nodes, x.observation, x.action);
    const surrogate = clippedSurrogate(logProb, x.logProb, x.advantage, tf.scalar(clip));
    const value = tf.reshape(networks.critic.apply(nodes, x.observation), [-1]);
    const error = tf.mean(tf.squaredDifference(value, x.target));
    return { loss: tf.add(surrogate, tf.mul(error, 0.25)) };
  }).grads;
}

/** The returns so far after a rollout, and those of the episodes that ended in it. */
function episodeReturns(
  before: readonly number[],
  { chunks, envs, reward, terminated, truncated }: Rollout,
): readonly [running: readonly number[], finished: readonly number[]] {
  const running = [...before], finished: number[] = [];
  for (let i = 0; i < chunks * envs; i++) {
    const e = i % envs;
    running[e] += reward[i];
    if (terminated[i] === 0 && truncated[i] === 0) continue;
    finished.push(running[e]);
    running[e] = 0;
  }
  return [running, finished];
}
