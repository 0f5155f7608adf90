/**
 * Rewards divided by the running standard deviation of the discounted return.
 *
 * @see Engstrom et al. 2020, "Implementation matters in deep policy gradients"
 * @module
 */
import type { Doubles } from "../tensor/tensor.ts";

/** Moments pooled over environments, and each environment's running return. */
export interface RewardScaler {
  readonly mean: number;
  readonly variance: number;
  readonly count: number;
  /** [E] */
  readonly returns: Doubles;
}

/** Discount of the running return, clip of the scaled reward, and what merges two variances. */
export interface RewardScaling {
  readonly gamma: number;
  readonly clip: number;
  readonly epsilon: number;
  /** n − 1 of the merged count (reference quirk Q11) or n. */
  readonly varianceDivisor: "count - 1" | "count";
}

/** The scaler before any reward. */
export const initialRewardScaler = (envs: number): RewardScaler => ({
  mean: 0,
  variance: 1,
  count: 1e-4,
  returns: new Float64Array(envs),
});

/**
 * Updates the moments with one rollout, then scales its rewards by the new deviation:
 *
 *   G ← r + γ (1 − first) G per environment;  moments ← moments ∪ {G};  r / √(variance + ε), clipped
 *
 * @param rewards [N · E], time-major
 * @param first   [N · E] or longer: 1 where a step is the first of an episode
 */
export function scaleRewards(
  scaler: RewardScaler,
  rewards: Doubles,
  first: ArrayLike<number>,
  { gamma, clip, epsilon, varianceDivisor }: RewardScaling,
): readonly [RewardScaler, Doubles] {
  const envs = scaler.returns.length;
  const running = new Float64Array(rewards.length);
  for (let i = 0; i < rewards.length; i++) {
    const before = i < envs ? scaler.returns[i] : running[i - envs];
    running[i] = rewards[i] + (1 - first[i]) * gamma * before;
  }
  const merged = mergeMoments(scaler, running, varianceDivisor);
  const deviation = Math.sqrt(merged.variance + epsilon);
  const scaled = Float64Array.from(
    rewards,
    (r) => Math.min(clip, Math.max(-clip, r / deviation)),
  );
  return [{ ...merged, returns: running.slice(rewards.length - envs) }, scaled];
}

/** Chan et al.'s merge of the running moments with those of a batch. */
function mergeMoments(
  { mean, variance, count }: RewardScaler,
  batch: Doubles,
  divisor: RewardScaling["varianceDivisor"],
): Omit<RewardScaler, "returns"> {
  const batchMean = batch.reduce((s, x) => s + x, 0) / batch.length;
  const batchSquares = batch.reduce((s, x) => s + (x - batchMean) ** 2, 0);
  const total = count + batch.length, delta = batchMean - mean;
  const squares = variance * count + batchSquares + delta ** 2 * count * batch.length / total;
  return {
    mean: mean + delta * batch.length / total,
    variance: squares / (divisor === "count" ? total : total - 1),
    count: total,
  };
}
