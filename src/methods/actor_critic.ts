/**
 * What the methods with a diffusion policy and a double critic share.
 *
 * @module
 */
import type { ChainNoise } from "../diffusion/noise.ts";
import type { DiffusionPolicy } from "../diffusion/policy.ts";
import { sample } from "../diffusion/sample.ts";
import type { ActionCritic } from "../nn/critic_obs_act.ts";
import type { Batch } from "../rl/replay.ts";
import { tdTargets } from "../rl/td_target.ts";
import type { ValueAndGrad } from "../tensor/engine.ts";
import type { Params } from "../tensor/params.ts";
import { executedPart } from "./chunks.ts";
import { qRegression, smallerQ } from "./critics.ts";
import type { CriticHyper } from "./hyper.ts";
import { actionCritic, policyOf } from "./networks.ts";
import type { ReplayHyper } from "./replay_hyper.ts";

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
