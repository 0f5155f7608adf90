/**
 * What DPPO is made of and what it remembers.
 *
 * @module
 */
import type { DiffusionPolicy } from "../diffusion/policy.ts";
import type { OptimizerState } from "../optim/optimizer.ts";
import type { RewardScaler } from "../rl/reward_scaling.ts";
import type { Params } from "../tensor/params.ts";
import type { ValueCritic } from "./critics.ts";
import type { DppoHyper } from "./dppo_hyper.ts";
import { policyOf, valueCritic } from "./networks.ts";

/** A configuration and its networks, without their parameters. */
export interface DppoSetup {
  readonly hyper: DppoHyper;
  readonly policy: DiffusionPolicy;
  /** V(o), [B, 1]. */
  readonly critic: ValueCritic;
}

/** The networks of a configuration. */
export const dppoSetup = (hyper: DppoHyper): DppoSetup => ({
  hyper,
  policy: policyOf(hyper),
  critic: valueCritic(hyper, hyper.critic),
});

/** All that a run remembers. */
export interface DppoState {
  /** The pre-trained policy, never changed: it serves the first K − F denoising steps. */
  readonly actor: Params;
  readonly actorFt: OptimizerState;
  readonly critic: OptimizerState;
  readonly rewardScaler: RewardScaler;
}
