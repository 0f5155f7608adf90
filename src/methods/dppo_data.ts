/**
 * What DPPO derives from a rollout before it takes a step: values, log-probabilities, advantages, returns.
 *
 * @module
 */
import { chainLogProb } from "../diffusion/log_prob.ts";
import { reduceLogProb } from "../rl/clipped_surrogate.ts";
import { type Advantages, gae, shifted } from "../rl/gae.ts";
import { type RewardScaler, scaleRewards } from "../rl/reward_scaling.ts";
import type { Rollout } from "../rl/rollout_types.ts";
import { evaluateRows } from "../rl/rows.ts";
import type { Params } from "../tensor/params.ts";
import { type Doubles, type Floats, type Tensor, tensor } from "../tensor/tensor.ts";
import { valuesOf } from "./critics.ts";
import type { DppoHyper } from "./dppo_hyper.ts";
import { reductionOf } from "./dppo_loss.ts";
import type { DppoSetup, DppoState } from "./dppo_state.ts";

/** Rows are the chunks n · E + e of a rollout. */
export interface DppoData {
  /** [N · E, To · Do] */
  readonly observation: Tensor;
  /** [N · E, F + 1, H · Da] */
  readonly chain: Tensor;
  /** [N · E, F]: reduced log-probabilities under the policy that acted. */
  readonly oldLogProb: Tensor;
  /** [N · E] each, float32. */
  readonly values: Tensor;
  readonly advantages: Tensor;
  readonly returns: Tensor;
}

/** All of it, and the reward scaler after this rollout. */
export function dppoData(
  setup: DppoSetup,
  state: DppoState,
  rollout: Rollout,
): { readonly data: DppoData; readonly rewardScaler: RewardScaler } {
  const { critic, hyper } = setup, { observation, chain } = rollout;
  if (chain === undefined) throw new TypeError("Cannot update dppo: the rollout has no chains");
  const valueOf = (o: Tensor) => valuesOf(critic, state.critic.theta, o);
  const values = valueOf(observation);
  const oldLogProb = reducedLogProb(setup, state.actorFt.theta, observation, chain);
  const [rewardScaler, rewards] = scaledRewards(hyper, state.rewardScaler, rollout);
  const { advantages, returns } = advantagesOf(hyper, rewards, values, rollout, valueOf);
  const column = (x: Floats | Doubles) => tensor([x.length], Float32Array.from(x));
  const targets = { advantages: column(advantages), returns: column(returns) };
  return {
    data: { observation, chain, oldLogProb, values: column(values), ...targets },
    rewardScaler,
  };
}

/** Transitions of a pass of the policy over chains; bounds memory and changes no result. */
const TRANSITION_ROWS = 20_000;

/** Reduced log-probabilities of recorded chains [B, F + 1, H · Da] as [B, F]. */
export function reducedLogProb(
  { policy, hyper }: DppoSetup,
  actor: Params,
  observation: Tensor,
  chain: Tensor,
): Tensor {
  const steps = chain.shape[1] - 1;
  return evaluateRows(
    { actor },
    { observation, chain },
    Math.ceil(TRANSITION_ROWS / steps),
    (nodes, x) => {
      const { logProb } = chainLogProb(policy, nodes.actor, x.chain, x.observation);
      return reduceLogProb(logProb, reductionOf(policy, hyper)).reshape([-1, steps]);
    },
  );
}

/** Rewards as the advantages see them, and the reward scaler after this rollout. */
export function scaledRewards(
  hyper: DppoHyper,
  scaler: RewardScaler,
  { reward, first }: Rollout,
): readonly [RewardScaler, Doubles] {
  const corrected = hyper.fidelity.rewardScaler === "corrected";
  const [next, scaled] = hyper.rewardScaleRunning
    ? scaleRewards(scaler, reward, first, {
      gamma: corrected ? hyper.gamma : 0.99,
      clip: 10,
      epsilon: 1e-8,
      varianceDivisor: corrected ? "count" : "count - 1",
    })
    : [scaler, reward];
  return [next, Float64Array.from(scaled, (r) => r * hyper.rewardScaleConst)];
}

/**
 * Advantages and value targets. As the reference, a truncated chunk is followed by the next episode's first
 * value, and only termination, which includes gym's time limit, ends the sum. Corrected, a truncated chunk
 * bootstraps from its final observation and ends the sum.
 */
export function advantagesOf(
  hyper: DppoHyper,
  rewards: Doubles,
  values: Floats,
  rollout: Rollout,
  valueOf: (observation: Tensor) => Floats,
): Advantages {
  const { terminated, truncated, envs } = rollout;
  const decay = { gamma: hyper.gamma, lambda: hyper.gaeLambda };
  if (hyper.fidelity.truncation === "reference") {
    const nextValues = shifted(values, valueOf(rollout.lastObservation));
    return gae({ rewards, values, nextValues, terminated }, envs, decay);
  }
  const cut = {
    nextValues: valueOf(rollout.nextObservation),
    terminated: terminated.map((t, i) => t & ~truncated[i]),
    ended: terminated.map((t, i) => t | truncated[i]),
  };
  return gae({ rewards, values, ...cut }, envs, decay);
}
