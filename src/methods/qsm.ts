/**
 * Q-score matching: the predicted noise follows the critic's gradient with respect to the action.
 *
 * @see Psenka et al. 2023, https://arxiv.org/abs/2312.11752
 * @module
 */
import { stepColumn } from "../diffusion/column.ts";
import { drawLossNoise, drawNoise, type LossNoise } from "../diffusion/noise.ts";
import { qSample } from "../diffusion/q_sample.ts";
import type { Batch } from "../rl/replay.ts";
import { split } from "../rng/key.ts";
import { tf } from "../tensor/backend.ts";
import { evaluate, type ValueAndGrad, valueAndGrad } from "../tensor/engine.ts";
import { leafOf, type Params, paramsOf } from "../tensor/params.ts";
import type { Tensor } from "../tensor/tensor.ts";
import {
  type ActorCriticDraw,
  type ActorCriticSetup,
  actorCriticSetup,
  type ActorCriticState,
  actorCriticStep,
  initialActorCritic,
} from "./actor_critic.ts";
import { actBySampling } from "./chunks.ts";
import type { Arms, Learner } from "./learner.ts";
import type { Method, Step } from "./method.ts";
import type { QsmHyper } from "./replay_hyper.ts";
import { drawIndices, replayUpdate } from "./replay_method.ts";

/** All that a run remembers. */
export type QsmState = ActorCriticState;

/** QSM with an arm's optimizers. */
export function qsm(arms: Arms, hyper: QsmHyper): Method<QsmState> {
  const setup = actorCriticSetup(hyper), { policy } = setup;
  return {
    name: "qsm",
    recordsChain: false,
    seesFinalObservation: hyper.fidelity.staleObservation === "reference",
    init: (pretrained, key) => initialActorCritic(arms, setup, pretrained, key),
    act: ({ actor }, observation, key, mode) =>
      actBySampling(policy, hyper.actSteps, actor.theta, observation, key, mode),
    update: replayUpdate(arms, hyper, {
      draw(replay, key) {
        const [indices, next, loss] = split(key, 3), { batchSize } = hyper;
        return {
          indices: drawIndices(hyper, replay, indices),
          next: drawNoise(policy, next, batchSize),
          loss: drawLossNoise(policy, loss, batchSize),
        };
      },
      step: (learner, state, draw) => qsmStep(setup, learner, state, draw),
    }),
  };
}

/** The random numbers of a minibatch. */
export interface QsmDraw extends ActorCriticDraw {
  readonly loss: LossNoise;
}

/** The critic, then the policy by the new critic, then the target. */
export const qsmStep = (
  setup: ActorCriticSetup<QsmHyper>,
  learner: Learner,
  state: QsmState,
  draw: QsmDraw,
): Step<QsmState> =>
  actorCriticStep(setup, learner, state, draw, {
    targetRate: setup.hyper.criticTau,
    actorGradient: (params, batch) => scoreMatching(setup, params, batch, draw.loss),
  });

/**
 * mean (ε̂(x_t) + c ∇_x ½ (Q₁ + Q₂)(o, x_t))² with its gradient. The critic is asked at the noised chunk and does
 * not see t.
 */
export function scoreMatching(
  { hyper, policy, critic }: ActorCriticSetup<QsmHyper>,
  params: { readonly actor: Params; readonly critic: Params },
  { observation, action }: Pick<Batch, "observation" | "action">,
  { t, noise }: LossNoise,
): ValueAndGrad {
  const { noisy } = evaluate(
    {},
    { action, noise },
    (_, x) => ({ noisy: qSample(policy.schedule, x.action, x.noise, t) }),
  );
  const score = meanActionGradient(critic, params.critic, observation, noisy);
  return valueAndGrad(params.actor, {}, { observation, noisy, score }, (actor, _, x) => {
    const predicted = policy.network.apply(actor, x.noisy, stepColumn(t), x.observation);
    return { loss: tf.mean(tf.square(tf.add(predicted, tf.mul(x.score, hyper.qGradCoeff)))) };
  });
}

/** ∇_a ½ (Q₁ + Q₂)(o, a) of each row. */
function meanActionGradient(
  critic: ActorCriticSetup["critic"],
  params: Params,
  observation: Tensor,
  action: Tensor,
): Tensor {
  const { grads } = valueAndGrad(
    paramsOf({ action }),
    { critic: params },
    { observation },
    (x, frozen, { observation }) => ({
      loss: tf.mul(tf.sum(tf.addN([...critic.heads(frozen.critic, observation, x.action)])), 0.5),
    }),
  );
  return leafOf(grads, "action");
}
