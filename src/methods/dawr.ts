/**
 * Advantage-weighted regression with a diffusion policy.
 *
 * @see Peng et al. 2019, https://arxiv.org/abs/1910.00177
 * @module
 */
import { drawLossNoise, type LossNoise } from "../diffusion/noise.ts";
import type { DiffusionPolicy } from "../diffusion/policy.ts";
import { initialize } from "../nn/network.ts";
import type { OptimizerState } from "../optim/optimizer.ts";
import { advantageWeights } from "../rl/advantage_weight.ts";
import { gather, replaySize } from "../rl/replay.ts";
import { moments } from "../rl/statistics.ts";
import { integers } from "../rng/draw.ts";
import { type Key, split } from "../rng/key.ts";
import { tf } from "../tensor/backend.ts";
import { type ValueAndGrad, valueAndGrad } from "../tensor/engine.ts";
import type { Params } from "../tensor/params.ts";
import { type Floats, type Tensor, tensor } from "../tensor/tensor.ts";
import { actBySampling } from "./chunks.ts";
import type { ValueCritic } from "./critics.ts";
import { dawrTargets } from "./dawr_targets.ts";
import { denoisingGradient } from "./denoising.ts";
import type { Fidelity } from "./hyper.ts";
import { type Arms, type Learner, learnerAt, trainActor } from "./learner.ts";
import { lastOf, type Method, type Step } from "./method.ts";
import { policyOf, valueCritic } from "./networks.ts";
import type { DawrHyper } from "./replay_hyper.ts";
import {
  bufferOf,
  drawEach,
  drawIndices,
  minibatchCount,
  stepEach,
  stored,
  type WithReplay,
} from "./replay_method.ts";

/** All that a run remembers. */
export interface DawrState extends WithReplay {
  readonly actor: OptimizerState;
  readonly critic: OptimizerState;
}

/** A configuration and its networks. */
export interface DawrSetup {
  readonly hyper: DawrHyper;
  readonly policy: DiffusionPolicy;
  readonly critic: ValueCritic;
}

/** DAWR with an arm's optimizers. */
export function dawr(arms: Arms, hyper: DawrHyper): Method<DawrState> {
  const setup = { hyper, policy: policyOf(hyper), critic: valueCritic(hyper, hyper.critic) };
  return {
    name: "dawr",
    recordsChain: false,
    seesFinalObservation: false,
    init: (pretrained, key) => ({
      actor: arms.actor.init(pretrained),
      critic: arms.critic.init(initialize(setup.critic, key)),
      replay: bufferOf(hyper),
    }),
    act: ({ actor }, observation, key, mode) =>
      actBySampling(setup.policy, hyper.actSteps, actor.theta, observation, key, mode),
    update(state, rollout, key) {
      const full = stored(hyper, state, rollout), { replay } = full;
      const actorSteps = minibatchCount(hyper, rollout);
      const criticSteps = Math.floor(actorSteps / hyper.criticUpdateRatio);
      const [criticKey, actorKey] = split(key);
      const draws = {
        critic: drawEach(criticKey, criticSteps, (key) => criticIndices(hyper, replay, key)),
        actor: drawEach(actorKey, actorSteps, (key) => drawActor(setup, replay, key)),
      };
      const learner = learnerAt(arms, hyper, rollout.iteration);
      return lastOf(full, dawrUpdate(setup, learner, full, draws));
    },
  };
}

/** As the reference, from the first S of the S · E transitions (quirk Q3); corrected, from all of them. */
function criticIndices(hyper: DawrHyper, replay: DawrState["replay"], key: Key): Int32Array {
  const rows = replaySize(replay), vectorSteps = Math.floor(rows / hyper.nEnvs);
  const bound = hyper.fidelity.criticIndices === "reference" ? vectorSteps : rows;
  return integers(key, hyper.batchSize, bound);
}

/** The random numbers of a minibatch of the actor. */
export interface DawrActorDraw {
  readonly indices: Int32Array;
  readonly loss: LossNoise;
}

function drawActor(
  { hyper, policy }: DawrSetup,
  replay: DawrState["replay"],
  key: Key,
): DawrActorDraw {
  const [indices, loss] = split(key);
  return {
    indices: drawIndices(hyper, replay, indices),
    loss: drawLossNoise(policy, loss, hyper.batchSize),
  };
}

/** Random numbers of an iteration: one element per minibatch. */
export interface DawrDraws {
  readonly critic: Iterable<Int32Array>;
  readonly actor: Iterable<DawrActorDraw>;
}

/** The critic on targets of the old critic, then the actor on advantages under the new one. */
export function* dawrUpdate(
  setup: DawrSetup,
  learner: Learner,
  state: DawrState,
  draws: DawrDraws,
): Generator<Step<DawrState>> {
  const targetsOf = ({ critic, replay }: DawrState) =>
    dawrTargets(setup.hyper, setup.critic, critic.theta, replay);
  const { target } = targetsOf(state);
  for (const indices of draws.critic) {
    const step = criticStep(setup, learner, state, target, indices);
    yield step;
    state = step.state;
  }
  const { advantage } = targetsOf(state);
  yield* stepEach(state, draws.actor, (s, draw) => actorStep(setup, learner, s, advantage, draw));
}

function criticStep(
  { hyper, critic }: DawrSetup,
  learner: Learner,
  state: DawrState,
  target: Floats,
  indices: Int32Array,
): Step<DawrState> {
  const { observation } = gather(state.replay, indices), chosen = pick(target, indices);
  const pairing = hyper.fidelity.criticPairing;
  const { grads, value } = dawrValueGradient(
    critic,
    state.critic.theta,
    observation,
    chosen,
    pairing,
  );
  return {
    state: { ...state, critic: learner.critic(state.critic, grads) },
    terms: { criticLoss: value },
  };
}

/**
 * mean_i (V_i − T_i)² with its gradient; as the reference, which subtracts every T_j from every V_i (quirk Q2),
 * mean_ij (V_i − T_j)² = mean_i (V_i − T̄)² + Var(T).
 */
export function dawrValueGradient(
  critic: ValueCritic,
  params: Params,
  observation: Tensor,
  target: Floats,
  pairing: Fidelity,
): ValueAndGrad {
  const { mean, std } = moments(target), n = target.length;
  const everyPair = pairing === "reference";
  const aim = tensor([n], everyPair ? new Float32Array(n).fill(mean) : target);
  const spread = everyPair ? std ** 2 * (n - 1) / n : 0;
  return valueAndGrad(params, {}, { observation, aim }, (weights, _, x) => {
    const value = tf.squeeze(critic.apply(weights, x.observation), [1]);
    return { loss: tf.add(tf.mean(tf.squaredDifference(value, x.aim)), spread) };
  });
}

function actorStep(
  { hyper, policy }: DawrSetup,
  learner: Learner,
  state: DawrState,
  advantage: Floats,
  { indices, loss }: DawrActorDraw,
): Step<DawrState> {
  const { observation, action } = gather(state.replay, indices);
  const weights = advantageWeights(pick(advantage, indices), hyper.beta, hyper.maxAdvWeight);
  const demonstrations = { observation, action, weight: tensor([indices.length], weights) };
  const { actor, terms } = trainActor(
    learner,
    state.actor,
    () => denoisingGradient(policy, state.actor.theta, demonstrations, loss),
  );
  return { state: { ...state, actor }, terms };
}

const pick = (values: Floats, indices: Int32Array): Floats =>
  Float32Array.from(indices, (i) => values[i]);
