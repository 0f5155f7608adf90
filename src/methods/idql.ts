/**
 * Implicit diffusion Q-learning: the policy imitates the replay, an implicit critic chooses among its samples.
 *
 * @see Hansen-Estruch et al. 2023, https://arxiv.org/abs/2304.10573
 * @module
 */
import { drawLossNoise, drawNoise, type LossNoise } from "../diffusion/noise.ts";
import type { DiffusionPolicy } from "../diffusion/policy.ts";
import type { ActionCritic } from "../nn/critic_obs_act.ts";
import { initialize } from "../nn/network.ts";
import { polyak } from "../optim/ema.ts";
import type { OptimizerState } from "../optim/optimizer.ts";
import { expectileLoss } from "../rl/expectile.ts";
import { type Batch, gather } from "../rl/replay.ts";
import { tdTargets } from "../rl/td_target.ts";
import { categorical } from "../rng/draw.ts";
import { type Key, split } from "../rng/key.ts";
import { tf } from "../tensor/backend.ts";
import { type ValueAndGrad, valueAndGrad } from "../tensor/engine.ts";
import type { Params } from "../tensor/params.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";
import { qRegression, smallerQ, type ValueCritic, valuesOf } from "./critics.ts";
import { denoisingGradient } from "./denoising.ts";
import {
  bestCandidates,
  chosenActions,
  explorationWeights,
  sampleCandidates,
} from "./idql_candidates.ts";
import { type Arms, type Learner, trainActor } from "./learner.ts";
import type { ActionSample, ActMode, Method, Step } from "./method.ts";
import { actionCritic, policyOf, valueCritic } from "./networks.ts";
import type { IdqlHyper } from "./replay_hyper.ts";
import { bufferOf, drawIndices, replayUpdate, type WithReplay } from "./replay_method.ts";

/** All that a run remembers. */
export interface IdqlState extends WithReplay {
  readonly actor: OptimizerState;
  readonly criticQ: OptimizerState;
  readonly targetQ: Params;
  readonly criticV: OptimizerState;
}

/** A configuration and its networks. */
export interface IdqlSetup {
  readonly hyper: IdqlHyper;
  readonly policy: DiffusionPolicy;
  readonly criticQ: ActionCritic;
  readonly criticV: ValueCritic;
}

/** IDQL with an arm's optimizers. */
export function idql(arms: Arms, hyper: IdqlHyper): Method<IdqlState> {
  const setup: IdqlSetup = {
    hyper,
    policy: policyOf(hyper),
    criticQ: actionCritic(hyper, hyper.criticQ),
    criticV: valueCritic(hyper, hyper.criticV),
  };
  return {
    name: "idql",
    recordsChain: false,
    seesFinalObservation: hyper.fidelity.staleObservation === "reference",
    init(pretrained, key) {
      const [q, v] = split(key), targetQ = initialize(setup.criticQ, q);
      return {
        actor: arms.actor.init(pretrained),
        criticQ: arms.critic.init(targetQ),
        targetQ,
        criticV: arms.critic.init(initialize(setup.criticV, v)),
        replay: bufferOf(hyper),
      };
    },
    act: (state, observation, key, mode) => act(setup, state, observation, key, mode),
    update: replayUpdate(arms, hyper, {
      draw: (replay, key) => {
        const [indices, loss] = split(key);
        return {
          indices: drawIndices(hyper, replay, indices),
          loss: drawLossNoise(setup.policy, loss, hyper.batchSize),
        };
      },
      step: (learner, state, draw) => idqlStep(setup, learner, state, draw),
    }),
  };
}

/** The best of noise-free candidates when evaluating, one drawn by its weight when exploring. */
function act(
  setup: IdqlSetup,
  { actor, targetQ, criticV }: IdqlState,
  observation: Tensor,
  key: Key,
  mode: ActMode,
): ActionSample {
  const { policy, hyper } = setup, [noiseKey, choiceKey] = split(key);
  const noise = drawNoise(policy, noiseKey, observation.shape[0] * hyper.evalSampleNum);
  const params = { actor: actor.theta, targetQ };
  if (mode === "evaluate") {
    const found = sampleCandidates(setup, params, observation, noise, true);
    return { action: chosenActions(found, bestCandidates(found)) };
  }
  const found = sampleCandidates(setup, params, observation, noise, false);
  const value = valuesOf(setup.criticV, criticV.theta, observation);
  const weights = explorationWeights(found, value, hyper.criticHyperparam);
  const logits = tensor(weights.shape, Float32Array.from(weights.data, Math.log));
  return { action: chosenActions(found, categorical(choiceKey, logits)) };
}

/** The random numbers of a minibatch. */
export interface IdqlDraw {
  readonly indices: Int32Array;
  readonly loss: LossNoise;
}

/** V, then Q by the new V, then the target, then the policy. */
export function idqlStep(
  setup: IdqlSetup,
  learner: Learner,
  state: IdqlState,
  { indices, loss }: IdqlDraw,
): Step<IdqlState> {
  const { hyper, policy } = setup, batch = gather(state.replay, indices);
  const v = valueGradient(setup, { targetQ: state.targetQ, criticV: state.criticV.theta }, batch);
  const criticV = learner.critic(state.criticV, v.grads);
  const q = qGradient(setup, { criticQ: state.criticQ.theta, criticV: criticV.theta }, batch);
  const criticQ = learner.critic(state.criticQ, q.grads);
  const targetQ = polyak(state.targetQ, criticQ.theta, hyper.criticTau);
  const { actor, terms } = trainActor(
    learner,
    state.actor,
    () => denoisingGradient(policy, state.actor.theta, batch, loss),
  );
  return {
    state: { ...state, criticV, criticQ, targetQ, actor },
    terms: { valueLoss: v.value, criticLoss: q.value, ...terms },
  };
}

/** Expectile regression of V to the smaller target Q of stored actions. */
export function valueGradient(
  { hyper, criticQ, criticV }: IdqlSetup,
  params: { readonly targetQ: Params; readonly criticV: Params },
  { observation, action }: Pick<Batch, "observation" | "action">,
): ValueAndGrad {
  const q = tensor([action.shape[0]], smallerQ(criticQ, params.targetQ, observation, action));
  return valueAndGrad(params.criticV, {}, { observation, q }, (weights, _, x) => {
    const value = tf.squeeze(criticV.apply(weights, x.observation), [1]);
    return { loss: expectileLoss(tf.sub(x.q, value), hyper.expectile) };
  });
}

/** Regression of both Q to r + γ (1 − terminated) V(o′). */
export function qGradient(
  { hyper, criticQ, criticV }: IdqlSetup,
  params: { readonly criticQ: Params; readonly criticV: Params },
  batch: Batch,
): ValueAndGrad {
  const nextValue = valuesOf(criticV, params.criticV, batch.nextObservation);
  return qRegression(criticQ, params.criticQ, batch, tdTargets(batch, nextValue, hyper.gamma));
}
