/**
 * DIPO: stored actions climb the critic's gradient, the policy imitates them.
 *
 * @see Yang et al. 2023, https://arxiv.org/abs/2305.13122
 * @module
 */
import { type ChainNoise, drawLossNoise, drawNoise, type LossNoise } from "../diffusion/noise.ts";
import { polyak } from "../optim/ema.ts";
import type { OptimizerState } from "../optim/optimizer.ts";
import { gather, overwriteActions, withOwnActions } from "../rl/replay.ts";
import { split } from "../rng/key.ts";
import type { Params } from "../tensor/params.ts";
import { type ActionAscent, improvedActions } from "./action_gradient.ts";
import {
  type ActorCriticSetup,
  actorCriticSetup,
  type ActorCriticState,
  criticGradient,
  initialActorCritic,
} from "./actor_critic.ts";
import { actBySampling } from "./chunks.ts";
import { denoisingGradient } from "./denoising.ts";
import { type Arms, type Learner, trainActor } from "./learner.ts";
import type { Method, Step } from "./method.ts";
import type { DipoHyper } from "./replay_hyper.ts";
import { drawIndices, replayUpdate } from "./replay_method.ts";

/** All that a run remembers. */
export interface DipoState extends ActorCriticState {
  /** Acts, and samples the next actions of value targets. */
  readonly actorTarget: Params;
}

/** DIPO with an arm's optimizers. */
export function dipo(arms: Arms, hyper: DipoHyper): Method<DipoState> {
  const setup = actorCriticSetup(hyper), { policy } = setup;
  return {
    name: "dipo",
    recordsChain: false,
    seesFinalObservation: false,
    init: (pretrained, key) => ({
      ...initialActorCritic(arms, setup, pretrained, key),
      actorTarget: pretrained,
    }),
    act: ({ actorTarget }, observation, key, mode) =>
      actBySampling(policy, hyper.actSteps, actorTarget, observation, key, mode),
    update: replayUpdate(arms, hyper, {
      begin: (state) => ({ ...state, replay: withOwnActions(state.replay) }),
      draw(replay, key) {
        const [criticKey, next, actorKey, loss] = split(key, 4), { batchSize } = hyper;
        return {
          criticIndices: drawIndices(hyper, replay, criticKey),
          next: drawNoise(policy, next, batchSize),
          actorIndices: drawIndices(hyper, replay, actorKey),
          loss: drawLossNoise(policy, loss, batchSize),
        };
      },
      step: (learner, state, draw) => dipoStep(setup, learner, state, draw),
    }),
  };
}

/** The random numbers of a minibatch. */
export interface DipoDraw {
  readonly criticIndices: Int32Array;
  /** For the next actions. */
  readonly next: ChainNoise;
  readonly actorIndices: Int32Array;
  readonly loss: LossNoise;
}

/**
 * The critic, then the policy on actions improved by the new critic, then both targets.
 *
 * Improved actions are written into the replay of `state`, which must own its actions.
 */
export function dipoStep(
  setup: ActorCriticSetup<DipoHyper>,
  learner: Learner,
  state: DipoState,
  { criticIndices, next, actorIndices, loss }: DipoDraw,
): Step<DipoState> {
  const { hyper, policy } = setup, { replay, actorTarget, criticTarget } = state;
  const params = { actor: actorTarget, critic: state.critic.theta, criticTarget };
  const q = criticGradient(setup, params, gather(replay, criticIndices), next);
  const critic = learner.critic(state.critic, q.grads);
  const { actor, terms } = trainActor(learner, state.actor, () => {
    const { observation, action: old } = gather(replay, actorIndices);
    const ascent = ascentOf(setup);
    const action = improvedActions(setup.critic, critic.theta, observation, old, ascent);
    if (hyper.fidelity.writeBack === "reference") overwriteActions(replay, actorIndices, action);
    return denoisingGradient(policy, state.actor.theta, { observation, action }, loss);
  });
  const follow = (target: Params, { theta }: OptimizerState) =>
    polyak(target, theta, hyper.targetEmaRate);
  return {
    state: {
      ...state,
      critic,
      actor,
      criticTarget: follow(criticTarget, critic),
      actorTarget: follow(actorTarget, actor),
    },
    terms: { criticLoss: q.value, ...terms },
  };
}

/** The gradient norm is bounded by a tenth of the numbers in a chunk. */
const ascentOf = ({ hyper, policy }: ActorCriticSetup<DipoHyper>): ActionAscent => ({
  learningRate: hyper.actionLr,
  steps: hyper.actionGradientSteps,
  maxNorm: 0.1 * policy.network.actionDim * hyper.actSteps,
  clip: hyper.fidelity.actionClip === "reference" ? "joint" : "each row",
});
