/**
 * The losses of DPPO and their gradients for one minibatch.
 *
 * B is the number of chunks and F of denoising transitions of each.
 *
 * @see Ren et al. 2024, "Diffusion Policy Policy Optimization", https://arxiv.org/abs/2409.00588
 * @module
 */
import { chainLogProb } from "../diffusion/log_prob.ts";
import type { DiffusionPolicy } from "../diffusion/policy.ts";
import { clippedSurrogate, type LogProbReduction, reduceLogProb } from "../rl/clipped_surrogate.ts";
import { clipRanges, type ClipSchedule, denoisingDiscounts } from "../rl/denoising_weights.ts";
import { quantile, standardized } from "../rl/statistics.ts";
import { tf } from "../tensor/backend.ts";
import type { LossNodes, Nodes } from "../tensor/engine.ts";
import { type Floats, type Tensor, tensor } from "../tensor/tensor.ts";
import type { DppoHyper } from "./dppo_hyper.ts";

/** A minibatch inside a scope. */
export interface DppoNodes {
  /** [B, To · Do] */
  readonly observation: tf.Tensor;
  /** [B, F + 1, H · Da] */
  readonly chain: tf.Tensor;
  /** [B, F] each. */
  readonly oldLogProb: tf.Tensor;
  readonly advantage: tf.Tensor;
  readonly clip: tf.Tensor;
  /** [B, F + 1, H · Da]: chains of the frozen policy to imitate. */
  readonly bcChain?: tf.Tensor;
}

type LossHyper = Pick<DppoHyper, "entCoef" | "bcLossCoeff" | "rewardHorizon" | "fidelity">;

/** How the log-probabilities of a chunk become one number. */
export const reductionOf = (policy: DiffusionPolicy, hyper: LossHyper): LogProbReduction => ({
  elements: hyper.rewardHorizon * policy.network.actionDim,
  kind: hyper.fidelity.logProb === "reference" ? "mean" : "sum",
});

/**
 * policy gradient + entCoef · entropy + bcLossCoeff · imitation, with `aux` holding each term and the reduced
 * log-probabilities [B, F].
 *
 * The entropy term is −mean(η); DDPM has η = 1.
 */
export function dppoActorLoss(
  policy: DiffusionPolicy,
  hyper: LossHyper,
  { actor, eta }: { readonly actor: Nodes; readonly eta?: Nodes },
  batch: DppoNodes,
): LossNodes {
  const { observation, chain, bcChain } = batch;
  const found = chainLogProb(policy, actor, chain, observation, eta);
  const reduced = reduceLogProb(found.logProb, reductionOf(policy, hyper));
  const logProb = tf.reshape(reduced, batch.oldLogProb.shape);
  const surrogate = clippedSurrogate(logProb, batch.oldLogProb, batch.advantage, batch.clip);
  const meanEta = found.eta ? tf.mean(found.eta) : tf.scalar(1);
  const imitation = bcChain
    ? imitationLoss(chainLogProb(policy, actor, bcChain, observation, eta).logProb)
    : tf.scalar(0);
  const loss = tf.addN([
    surrogate,
    tf.mul(meanEta, -hyper.entCoef),
    tf.mul(imitation, hyper.bcLossCoeff),
  ]);
  return { loss, aux: { surrogate, eta: meanEta, imitation, logProb } };
}

/** The negative mean of the bounded log-probabilities. */
const imitationLoss = (logProb: tf.Tensor): tf.Tensor =>
  tf.neg(tf.mean(reduceLogProb(logProb, { elements: logProb.shape[1]!, kind: "mean" })));

type AdvantageHyper = Pick<
  DppoHyper,
  "normAdv" | "clipAdvantageLowerQuantile" | "clipAdvantageUpperQuantile" | "gammaDenoising"
>;

/**
 * Advantages of transitions, [B, F]: standardised over the chunks of the minibatch, bounded by their quantiles,
 * then discounted by denoising step.
 */
export function transitionAdvantages(
  advantages: Floats,
  steps: number,
  hyper: AdvantageHyper,
): Tensor {
  const scaled = hyper.normAdv ? standardized(advantages, 1e-8) : advantages;
  const low = quantile(scaled, hyper.clipAdvantageLowerQuantile);
  const high = quantile(scaled, hyper.clipAdvantageUpperQuantile);
  const discounts = denoisingDiscounts(steps, hyper.gammaDenoising);
  const bounded = (b: number) => Math.min(high, Math.max(low, scaled[b]));
  return table(advantages.length, steps, (b, j) => bounded(b) * discounts[j]);
}

/** Clip ranges of the transitions of `chunks` chunks, [B, F]. */
export function transitionClips(chunks: number, steps: number, schedule: ClipSchedule): Tensor {
  const ranges = clipRanges(steps, schedule);
  return table(chunks, steps, (_, j) => ranges[j]);
}

function table(rows: number, columns: number, f: (b: number, j: number) => number): Tensor {
  const data = new Float32Array(rows * columns);
  for (let i = 0; i < data.length; i++) data[i] = f(Math.floor(i / columns), i % columns);
  return tensor([rows, columns], data);
}
