/**
 * What the methods with a diffusion policy and a double critic share.
 *
 * @module
 */
import type { ChainNoise } from "../diffusion/noise.ts";
import type { DiffusionPolicy } from "../diffusion/policy.ts";
import { sample } from "../diffusion/sample.ts";
import type { ActionCritic } from "../nn/critic_obs_act.ts";
import { initialize } from "../nn/network.ts";
import { polyak } from "../optim/ema.ts";
import type { OptimizerState } from "../optim/optimizer.ts";
import { type Batch, gather } from "../rl/replay.ts";
import { tdTargets } from "../rl/td_target.ts";
import type { Key } from "../rng/key.ts";
import type { ValueAndGrad } from "../tensor/engine.ts";
import type { Params } from "../tensor/params.ts";
import { executedPart } from "./chunks.ts";
import { qRegression, smallerQ } from "./critics.ts";
import type { CriticHyper } from "./hyper.ts";
import { type Arms, type Learner, trainActor } from "./learner.ts";
import type { Step } from "./method.ts";
import { actionCritic, policyOf } from "./networks.ts";
import type { ReplayHyper } from "./replay_hyper.ts";
import { bufferOf, type WithReplay } from "./replay_method.ts";

/** A configuration and its networks. */
export interface ActorCriticSetup<H extends ReplayHyper = ReplayHyper> {
  readonly hyper: H;
  readonly policy: DiffusionPolicy;
  readonly critic: ActionCritic;
}

/** The networks of a configuration. */
export const actorCriticSetup = <H extends ReplayHyper & { readonly critic: CriticHyper }>(
  hyper: H,
): ActorCriticSetup<H> => ({
  hyper,
  policy: policyOf(hyper),
  critic: actionCritic(hyper, hyper.critic),
});

/** What a run remembers: the policy, the critic, the critic's slow copy, the replay. */
export interface ActorCriticState extends WithReplay {
  readonly actor: OptimizerState;
  readonly critic: OptimizerState;
  readonly criticTarget: Params;
}

/** A new critic beside the pre-trained policy, and nothing stored yet. */
export function initialActorCritic(
  arms: Arms,
  { hyper, critic }: ActorCriticSetup,
  pretrained: Params,
  key: Key,
): ActorCriticState {
  const criticTarget = initialize(critic, key);
  return {
    actor: arms.actor.init(pretrained),
    critic: arms.critic.init(criticTarget),
    criticTarget,
    replay: bufferOf(hyper),
  };
}

/** Parameters that a critic's regression depends on. */
export interface CriticParams {
  readonly critic: Params;
  readonly criticTarget: Params;
  /** Samples the next action. */
  readonly actor: Params;
}

/**
 * Regression of both Q to r + γ (1 − terminated) min(Q₁′, Q₂′)(o′, a′), with Q′ the target critic and a′ sampled
 * as when exploring.
 */
export function criticGradient(
  { hyper, policy, critic }: ActorCriticSetup,
  params: CriticParams,
  batch: Batch,
  noise: ChainNoise,
): ValueAndGrad {
  const { nextObservation } = batch, { actor, criticTarget } = params;
  const options = { deterministic: false };
  const { action } = sample(policy, { actor }, nextObservation, noise, options);
  const nextAction = executedPart(policy, hyper.actSteps, action);
  const nextValue = smallerQ(critic, criticTarget, nextObservation, nextAction);
  return qRegression(critic, params.critic, batch, tdTargets(batch, nextValue, hyper.gamma));
}

/** The random numbers of a minibatch that every such method draws. */
export interface ActorCriticDraw {
  readonly indices: Int32Array;
  /** For the next actions. */
  readonly next: ChainNoise;
}

/** How far the target critic follows, and the policy's gradient given the new critic. */
export interface ActorCriticRule {
  readonly targetRate: number;
  actorGradient(
    params: { readonly actor: Params; readonly critic: Params },
    batch: Batch,
  ): ValueAndGrad;
}

/** One minibatch for both: the critic, then the policy by the new critic, then the target. */
export function actorCriticStep(
  setup: ActorCriticSetup,
  learner: Learner,
  state: ActorCriticState,
  { indices, next }: ActorCriticDraw,
  { targetRate, actorGradient }: ActorCriticRule,
): Step<ActorCriticState> {
  const batch = gather(state.replay, indices), actor = state.actor.theta;
  const params = { actor, critic: state.critic.theta, criticTarget: state.criticTarget };
  const q = criticGradient(setup, params, batch, next);
  const critic = learner.critic(state.critic, q.grads);
  const policy = trainActor(
    learner,
    state.actor,
    () => actorGradient({ actor, critic: critic.theta }, batch),
  );
  const criticTarget = polyak(state.criticTarget, critic.theta, targetRate);
  return {
    state: { ...state, critic, actor: policy.actor, criticTarget },
    terms: { criticLoss: q.value, ...policy.terms },
  };
}
