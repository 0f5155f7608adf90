/**
 * What PPO learns from one rollout.
 *
 * @module
 */
import { gae } from "../rl/gae.ts";
import { type RewardScaler, scaleRewards } from "../rl/reward_scaling.ts";
import type { Rollout } from "../rl/rollout_types.ts";
import { evaluateRows, takeRows } from "../rl/rows.ts";
import type { Params } from "../tensor/params.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";
import { standardize } from "./gaussian_policy.ts";
import { deviations, type RunningMoments } from "./running_moments.ts";
import { logDensity, type SourceNetworks } from "./source_policy_networks.ts";

/** Rows of what the loss needs, of a whole rollout or of a minibatch. */
export interface SourceBatch {
  readonly [name: string]: Tensor;
  /** [B, Do], standardised. */
  readonly observation: Tensor;
  /** [B, Da] */
  readonly action: Tensor;
  /** [B] under the policy that acted. */
  readonly logProb: Tensor;
  /** [B] */
  readonly advantage: Tensor;
  /** [B]: what the value should be. */
  readonly target: Tensor;
}

/** What the networks and statistics are while a rollout becomes a batch. */
export interface BatchContext {
  readonly networks: SourceNetworks;
  readonly theta: Params;
  readonly moments: RunningMoments;
  readonly scaler: RewardScaler;
  readonly gamma: number;
  readonly lambda: number;
}

const ROWS_PER_PASS = 4096;

/** The largest size of a scaled reward. */
const REWARD_CLIP = 10;

/** Scales rewards, then estimates advantages; after a time limit the last observation's value follows. */
export function sourceBatch(
  { networks, theta, moments, scaler, gamma, lambda }: BatchContext,
  rollout: Rollout,
): readonly [RewardScaler, SourceBatch] {
  const { action, terminated, truncated } = rollout;
  const observation = standardizedRows(rollout.observation, moments);
  const nextObservation = standardizedRows(rollout.nextObservation, moments);
  const valuesOf = (rows: Tensor) =>
    evaluateRows(
      { theta },
      { rows },
      ROWS_PER_PASS,
      (f, x) => networks.critic.apply(f.theta, x.rows),
    ).data;
  const [nextScaler, rewards] = scaleRewards(scaler, rollout.reward, rollout.first, {
    gamma,
    clip: REWARD_CLIP,
    epsilon: 1e-8,
    varianceDivisor: "count",
  });
  const { advantages, returns } = gae(
    {
      rewards,
      values: valuesOf(observation),
      nextValues: valuesOf(nextObservation),
      terminated: terminated.map((t, i) => truncated[i] === 1 ? 0 : t),
      ended: terminated.map((t, i) => t | truncated[i]),
    },
    rollout.envs,
    { gamma, lambda },
  );
  const logProb = evaluateRows(
    { theta },
    { observation, action },
    ROWS_PER_PASS,
    (f, x) => logDensity(networks, f.theta, x.observation, x.action),
  );
  const column = (values: ArrayLike<number>) => tensor([values.length], Float32Array.from(values));
  const batch = { advantage: column(advantages), target: column(returns) };
  return [nextScaler, { observation, action, logProb, ...batch }];
}

/** A minibatch. */
export const batchRows = (batch: SourceBatch, rows: Int32Array): SourceBatch =>
  Object.fromEntries(
    Object.entries(batch).map(([name, values]) => [name, takeRows(values, rows)]),
  ) as SourceBatch;

function standardizedRows({ shape, data }: Tensor, moments: RunningMoments): Tensor {
  const mean = Float32Array.from(moments.mean), std = Float32Array.from(deviations(moments));
  const out = new Float32Array(data.length), width = shape[1];
  for (let at = 0; at < out.length; at += width) {
    out.set(standardize(data.subarray(at, at + width), mean, std), at);
  }
  return tensor(shape, out);
}
