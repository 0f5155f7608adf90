/**
 * Diffusion Q-learning: the critic's gradient flows through the whole denoising chain.
 *
 * @see Wang et al. 2023, https://arxiv.org/abs/2208.06193
 * @module
 */
import { bcLoss } from "../diffusion/bc_loss.ts";
import { type ChainNoise, drawLossNoise, drawNoise, type LossNoise } from "../diffusion/noise.ts";
import { sampleChain } from "../diffusion/sample_chain.ts";
import { initialize } from "../nn/network.ts";
import { polyak } from "../optim/ema.ts";
import type { OptimizerState } from "../optim/optimizer.ts";
import { type Batch, gather } from "../rl/replay.ts";
import { uniform } from "../rng/draw.ts";
import { split } from "../rng/key.ts";
import { tf } from "../tensor/backend.ts";
import { type ValueAndGrad, valueAndGrad } from "../tensor/engine.ts";
import { stopGradient } from "../tensor/ops/stop_gradient.ts";
import type { Params } from "../tensor/params.ts";
import { type ActorCriticSetup, actorCriticSetup, criticGradient } from "./actor_critic.ts";
import { actBySampling } from "./chunks.ts";
import { type Arms, type Learner, trainActor } from "./learner.ts";
import type { Method, Step } from "./method.ts";
import type { DqlHyper } from "./replay_hyper.ts";
import { bufferOf, drawIndices, replayUpdate, type WithReplay } from "./replay_method.ts";

/** All that a run remembers. */
export interface DqlState extends WithReplay {
  readonly actor: OptimizerState;
  readonly critic: OptimizerState;
  readonly criticTarget: Params;
}

/** DQL with an arm's optimizers. */
export function dql(arms: Arms, hyper: DqlHyper): Method<DqlState> {
  const setup = actorCriticSetup(hyper), { policy, critic } = setup;
  return {
    name: "dql",
    recordsChain: false,
    seesFinalObservation: false,
    init(pretrained, key) {
      const criticTarget = initialize(critic, key);
      return {
        actor: arms.actor.init(pretrained),
        critic: arms.critic.init(criticTarget),
        criticTarget,
        replay: bufferOf(hyper),
      };
    },
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
export interface DqlDraw extends DqlActorDraw {
  readonly indices: Int32Array;
  /** For the next actions. */
  readonly next: ChainNoise;
}

/** The critic, then the policy by the new critic, then the target. */
export function dqlStep(
  setup: ActorCriticSetup<DqlHyper>,
  learner: Learner,
  state: DqlState,
  draw: DqlDraw,
): Step<DqlState> {
  const batch = gather(state.replay, draw.indices), actor = state.actor.theta;
  const params = { actor, critic: state.critic.theta, criticTarget: state.criticTarget };
  const q = criticGradient(setup, params, batch, draw.next);
  const critic = learner.critic(state.critic, q.grads);
  const policy = trainActor(
    learner,
    state.actor,
    () => dqlActorGradient(setup, { actor, critic: critic.theta }, batch, draw),
  );
  const criticTarget = polyak(state.criticTarget, critic.theta, setup.hyper.targetEmaRate);
  return {
    state: { ...state, critic, actor: policy.actor, criticTarget },
    terms: { criticLoss: q.value, ...policy.terms },
  };
}

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
