/**
 * The clipped policy-gradient objective of DPPO, one term per denoising transition.
 *
 * @see Schulman et al. 2017, eq. 7; Ren et al. 2024, https://arxiv.org/abs/2409.00588
 * @module
 */
import { tf } from "../tensor/backend.ts";
import type { Floats } from "../tensor/tensor.ts";

/** How element-wise log-probabilities become one number per transition. */
export interface LogProbReduction {
  /** H′ · Da: leading elements that count, those of the actions that earn the reward. */
  readonly elements: number;
  /** "mean" of values bounded to [−5, 2] as the reference (quirk Q14), or the unbounded "sum" of a joint density. */
  readonly kind: "mean" | "sum";
}

const LOG_PROB_RANGE = [-5, 2] as const;

/** [B · F, H · Da] → [B · F]. */
export function reduceLogProb(
  logProb: tf.Tensor,
  { elements, kind }: LogProbReduction,
): tf.Tensor {
  const counted = tf.slice(logProb, [0, 0], [logProb.shape[0], elements]);
  return kind === "sum"
    ? tf.sum(counted, 1)
    : tf.mean(tf.clipByValue(counted, ...LOG_PROB_RANGE), 1);
}

/**
 * mean max( −A ρ, −A clamp(ρ, 1 − c, 1 + c) ),  ρ = exp(logProb − oldLogProb); all arguments are [B, F].
 */
export function clippedSurrogate(
  logProb: tf.Tensor,
  oldLogProb: tf.Tensor,
  advantage: tf.Tensor,
  clip: tf.Tensor,
): tf.Scalar {
  const ratio = tf.exp(tf.sub(logProb, oldLogProb)), cost = tf.neg(advantage);
  const bounded = tf.minimum(tf.maximum(ratio, tf.sub(1, clip)), tf.add(1, clip));
  return tf.mean(tf.maximum(tf.mul(cost, ratio), tf.mul(cost, bounded)));
}

/** What is logged of a minibatch, and what stops an iteration. */
export type RatioStatistics = {
  /** mean (ρ − 1) − ln ρ */
  readonly approxKl: number;
  /** Fraction of ratios further than the clip range from 1. */
  readonly clipFrac: number;
  readonly ratio: number;
};

/** Statistics of ρ over a minibatch; all arguments are [B, F]. */
export function ratioStatistics(
  logProb: Floats,
  oldLogProb: Floats,
  clip: Floats,
): RatioStatistics {
  let kl = 0, clipped = 0, sum = 0;
  for (let i = 0; i < logProb.length; i++) {
    const logRatio = logProb[i] - oldLogProb[i], ratio = Math.exp(logRatio);
    kl += ratio - 1 - logRatio;
    clipped += Math.abs(ratio - 1) > clip[i] ? 1 : 0;
    sum += ratio;
  }
  const n = logProb.length;
  return { approxKl: kl / n, clipFrac: clipped / n, ratio: sum / n };
}
