/**
 * The reverse chain from noise to an action chunk.
 *
 * @module
 */
import { tf } from "../tensor/backend.ts";
import type { Nodes } from "../tensor/engine.ts";
import { tileRows } from "../tensor/ops/rows.ts";
import { boundNetwork } from "./bound_network.ts";
import { column } from "./column.ts";
import { chunkEta } from "./eta.ts";
import type { DiffusionPolicy } from "./policy.ts";
import { clip } from "./reverse_process.ts";

/** Which parameters serve which reverse step. */
export interface Actors {
  readonly actor: Nodes;
  /** Serves the last `ftDenoisingSteps` steps instead. */
  readonly actorFt?: Nodes;
  readonly ftDenoisingSteps?: number;
  /** Parameters of the policy's eta module. */
  readonly eta?: Nodes;
}

/** Noise inside a scope: initial [B, H · Da] and steps [M, B, H · Da]. */
export interface NoiseNodes {
  readonly initial: tf.Tensor;
  readonly steps: tf.Tensor;
}

/**
 * The M + 1 chunks of a chain, [B, H · Da] each: the initial noise first, the action last. Differentiable in the
 * parameters and in `cond` [B, To · Do].
 *
 *   x ← mean(x) + std · clip(z)
 *
 * "Deterministic" sampling still adds noise in every step but the last (DDPM) or none (DDIM); otherwise the standard
 * deviation is at least `minSamplingDenoisingStd` in every step, the last included.
 */
export function sampleChain(
  policy: DiffusionPolicy,
  actors: Actors,
  cond: tf.Tensor,
  noise: NoiseNodes,
  deterministic: boolean,
): readonly tf.Tensor[] {
  const { network, process } = policy, count = process.steps.length;
  const eta = deterministic ? undefined : chunkEta(policy, actors.eta, cond);
  const increments = scaledNoise(policy, noise.steps, deterministic, eta);
  const firstFt = count - (actors.ftDenoisingSteps ?? count);
  const bind = (weights: Nodes) => boundNetwork(network, weights, cond, process.steps);
  const base = bind(actors.actor), tuned = actors.actorFt ? bind(actors.actorFt) : base;
  const chunks = [noise.initial];
  increments.forEach((increment, i) => {
    const x = chunks[i], predict = i < firstFt ? base : tuned;
    chunks.push(tf.add(process.mean(x, predict(x, i), [i], eta), increment));
  });
  chunks.push(clip(chunks.pop()!, policy.finalActionClipValue));
  return chunks;
}

/** The last F + 1 chunks of a chain as [B, F + 1, H · Da]. */
export const recordedChain = (chunks: readonly tf.Tensor[], ftDenoisingSteps: number): tf.Tensor =>
  tf.stack(chunks.slice(-(ftDenoisingSteps + 1)), 1);

/** Clipped noise times its standard deviation, one [B, H · Da] per step. */
function scaledNoise(
  { process, randnClipValue, minSamplingDenoisingStd }: DiffusionPolicy,
  steps: tf.Tensor,
  deterministic: boolean,
  eta?: tf.Tensor,
): tf.Tensor[] {
  const [count, batch, size] = steps.shape;
  const index = Int32Array.from({ length: count * batch }, (_, row) => Math.floor(row / batch));
  const std = deterministic
    ? column(process.deterministicStd, index)
    : tf.maximum(process.std(index, eta && tileRows(eta, count)), minSamplingDenoisingStd);
  const bounded = clip(tf.reshape(steps, [count * batch, size]), randnClipValue);
  const rows = tf.mul(bounded, std);
  return Array.from({ length: count }, (_, i) => tf.slice(rows, [i * batch, 0], [batch, size]));
}
