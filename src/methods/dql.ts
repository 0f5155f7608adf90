/**
 * Diffusion Q-learning: the critic's gradient flows through the whole denoising chain.
 *
 * @see Wang et al. 2023, https://arxiv.org/abs/2208.06193
 * @module
 */
import { bcLoss } from "../diffusion/bc_loss.ts";
import { type ChainNoise, drawLossNoise, drawNoise, type LossNoise } from "../diffusion/noise.ts";
import { sampleChain } from "../diffusion/sample_chain.ts";
import type { Batch } from "../rl/replay.ts";
import { uniform } from "../rng/draw.ts";
import { split } from "../rng/key.ts";
import { tf } from "../tensor/backend.ts";
import { type ValueAndGrad, valueAndGrad } from "../tensor/engine.ts";
import { stopGradient } from "../tensor/ops/stop_gradient.ts";
import type { Params } from "../tensor/params.ts";
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
import type { DqlHyper } from "./replay_hyper.ts";
import { drawIndices, replayUpdate } from "./replay_method.ts";

/** All that a run remembers. */
export type DqlState = ActorCriticState;

/** DQL with an arm's optimizers. */
export function dql(arms: Arms, hyper: DqlHyper): Method<DqlState> {
  const setup = actorCriticSetup(hyper), { policy } = setup;
  return {
    name: "dql",
    recordsChain: false,
    seesFinalObservation: false,
    init: (pretrained, key) => initialActorCritic(arms, setup, pretrained, key),
    act: ({ actor }, observation, key, mode) =>
      actBySampling(policy, hyper.actSteps, actor.theta, observation, key, mode),
    update: replayUpdate(arms, hyper, {
      draw(replay, key) {
        const [indices, next, chain, loss, coin] = split(key, 5), { batchSize } = hyper;
        return {
          indices: drawIndices(hyper, replay, indices),
          next: drawNoise(policy, next, batchSize),
          chain: drawNoise(policy, chain, batchSize),
          loss: drawLossNoise(policy, loss, batchSize),
          coin: uniform(coin, []).data[0],
        };
      },
      step: (learner, state, draw) => dqlStep(setup, learner, state, draw),
    }),
  };
}

/** The random numbers of the policy's loss. */
export interface DqlActorDraw {
  /** For the sampled chunks. */
  readonly chain: ChainNoise;
  readonly loss: LossNoise;
  /** Above ½, Q₁ is maximised, else Q₂. */
  readonly coin: number;
}

/** The random numbers of a minibatch. */
export type DqlDraw = DqlActorDraw & ActorCriticDraw;

/** The critic, then the policy by the new critic, then the target. */
export const dqlStep = (
  setup: ActorCriticSetup<DqlHyper>,
  learner: Learner,
  state: DqlState,
  draw: DqlDraw,
): Step<DqlState> =>
  actorCriticStep(setup, learner, state, draw, {
    targetRate: setup.hyper.targetEmaRate,
    actorGradient: (params, batch) => dqlActorGradient(setup, params, batch, draw),
  });

/**
 * imitation − η mean(Q_i(o, ã)) / mean |Q_j(o, ã)| with its gradient. The chunks ã are sampled as when exploring, with
 * a gradient through every step; the denominator, the other head's, has none.
 *
 * As in the reference (quirk Q20) the policy imitates ã itself, with gradient; corrected, the stored chunks.
 */
export function dqlActorGradient(
  { hyper, policy, critic }: ActorCriticSetup<DqlHyper>,
  params: { readonly actor: Params; readonly critic: Params },
  { observation, action }: Pick<Batch, "observation" | "action">,
  { chain, loss, coin }: DqlActorDraw,
): ValueAndGrad {
  const inputs = { observation, action, ...chain, noise: loss.noise };
  const executed = hyper.actSteps * policy.network.actionDim;
  return valueAndGrad(params.actor, { critic: params.critic }, inputs, (actor, frozen, x) => {
    const chunk = sampleChain(policy, { actor }, x.observation, x, false).at(-1)!;
    const first = tf.slice(chunk, [0, 0], [-1, executed]);
    const heads = critic.heads(frozen.critic, x.observation, first);
    const [q, other] = coin > 0.5 ? heads : heads.toReversed();
    const scale = stopGradient(tf.mean(tf.abs(other)));
    const clean = hyper.fidelity.cloning === "reference" ? chunk : x.action;
    const imitation = bcLoss(
      policy,
      actor,
      { chunk: clean, cond: x.observation, noise: x.noise },
      loss.t,
    );
    return { loss: tf.sub(imitation, tf.mul(tf.div(tf.mean(q), scale), hyper.eta)) };
  });
}
