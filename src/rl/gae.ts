/**
 * Generalised advantage estimation over vectorised environments.
 *
 * @module
 */
import type { Doubles } from "../tensor/tensor.ts";

/** Rows of N steps of E environments, time-major: row n · E + e. */
export interface AdvantageInputs {
  /** [N · E] */
  readonly rewards: ArrayLike<number>;
  /** [N · E]: V before each step. */
  readonly values: ArrayLike<number>;
  /** [N · E]: V after each step. */
  readonly nextValues: ArrayLike<number>;
  /** [N · E]: 1 where nothing follows, so that the next value counts as 0. */
  readonly terminated: ArrayLike<number>;
  /** [N · E]: 1 where the sum over later steps stops; `terminated` unless given. */
  readonly ended?: ArrayLike<number>;
}

/** γ, λ and the weight α of each step's own error (1 for GAE). */
export interface TraceDecay {
  readonly gamma: number;
  readonly lambda: number;
  readonly alpha?: number;
}

/** Advantages and the value targets A + V, both [N · E]. */
export interface Advantages {
  readonly advantages: Doubles;
  readonly returns: Doubles;
}

/**
 * The sum of discounted value errors of each row:
 *
 *   δ_n = r_n + γ V'_n (1 − terminated_n) − V_n
 *   A_n = α δ_n + γ λ (1 − ended_n) A_{n+1},   A_N = 0
 *
 * @param envs E, the number of interleaved environments
 * @see Schulman et al. 2016, eq. 16, https://arxiv.org/abs/1506.02438
 */
export function gae(inputs: AdvantageInputs, envs: number, decay: TraceDecay): Advantages {
  const { rewards, values, nextValues, terminated, ended = terminated } = inputs;
  const { gamma, lambda, alpha = 1 } = decay;
  const rows = rewards.length;
  const advantages = new Float64Array(rows), returns = new Float64Array(rows);
  for (let i = rows - 1; i >= 0; i--) {
    const delta = rewards[i] + gamma * nextValues[i] * (1 - terminated[i]) - values[i];
    const later = i + envs < rows ? advantages[i + envs] : 0;
    advantages[i] = alpha * delta + gamma * lambda * (1 - ended[i]) * later;
    returns[i] = advantages[i] + values[i];
  }
  return { advantages, returns };
}

/**
 * The values of the following rows, with those of the last step given: what V' is while no episode is cut.
 *
 * @param values [N · E]
 * @param last   [E]
 */
export function shifted(values: ArrayLike<number>, last: ArrayLike<number>): Doubles {
  const out = new Float64Array(values.length), envs = last.length;
  for (let i = envs; i < values.length; i++) out[i - envs] = values[i];
  out.set(last, values.length - envs);
  return out;
}
