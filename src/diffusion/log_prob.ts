/**
 * Log-probabilities of recorded chains.
 *
 * @module
 */
import { tf } from "../tensor/backend.ts";
import type { Nodes } from "../tensor/engine.ts";
import { repeatRows, tileRows } from "../tensor/ops/rows.ts";
import { stepColumn } from "./column.ts";
import { chunkEta } from "./eta.ts";
import { chunkSize, type DiffusionPolicy, requireSteps } from "./policy.ts";

/** Element-wise log-probabilities and, for DDIM, the η they were computed with. */
export interface ChainLogProb {
  /** [B · F, H · Da]: row b · F + j is transition j of sample b, noisiest first. */
  readonly logProb: tf.Tensor;
  /** [B · F, 1] or [B · F, H · Da]; absent for DDPM, where the reference's entropy term is constant. */
  readonly eta?: tf.Tensor;
}

/**
 *   ln p = −(c_{j+1} − mean(c_j))² / (2 s²) − ln s − ½ ln 2π,   s = max(std, minLogprobDenoisingStd)
 *
 * for the F transitions of each chain. Features of steps and observations are computed once and copied to the rows.
 *
 * @param actor parameters of the network that serves all F transitions
 * @param chain [B, F + 1, H · Da]
 * @param cond [B, To · Do]
 * @param eta parameters of the policy's eta module
 * @throws {RangeError} when chains have more transitions than the policy has steps
 */
export function chainLogProb(
  policy: DiffusionPolicy,
  actor: Nodes,
  chain: tf.Tensor,
  cond: tf.Tensor,
  eta?: Nodes,
): ChainLogProb {
  const { network, process } = policy;
  const [batch, entries] = chain.shape, count = requireSteps("judge chain", policy, entries - 1);
  const steps = process.steps.slice(-count), first = process.steps.length - count;
  const index = Int32Array.from({ length: batch * count }, (_, r) => first + r % count);
  const etaRows = chunkEta(policy, eta, cond);
  const rowEta = etaRows && repeatRows(etaRows, count);
  const [before, after] = [0, 1].map((from) => entriesFrom(policy, chain, from));
  const prediction = network.predict(
    actor,
    before,
    tileRows(network.timeFeatures(actor, stepColumn(steps)), batch),
    repeatRows(network.condFeatures(actor, cond), count),
  );
  const mean = process.mean(before, prediction, index, rowEta);
  const std = tf.maximum(process.std(index, rowEta), policy.minLogprobDenoisingStd);
  return { logProb: gaussianLogProb(after, mean, std), eta: rowEta };
}

/** Entries `from` … `from` + F − 1 of each chain as rows [B · F, H · Da]. */
function entriesFrom(policy: DiffusionPolicy, chain: tf.Tensor, from: number): tf.Tensor {
  const [batch, entries, size] = [...chain.shape.slice(0, 2), chunkSize(policy)];
  // Slices of matrices are many times faster than those of three axes.
  const flat = tf.reshape(chain, [batch, entries * size]);
  const picked = tf.slice(flat, [0, from * size], [batch, (entries - 1) * size]);
  return tf.reshape(picked, [batch * (entries - 1), size]);
}

/** The log-density of each element of x under N(mean, std²). */
export function gaussianLogProb(x: tf.Tensor, mean: tf.Tensor, std: tf.Tensor): tf.Tensor {
  const z = tf.div(tf.sub(x, mean), std);
  const constant = tf.add(tf.log(std), 0.5 * Math.log(2 * Math.PI));
  return tf.sub(tf.mul(tf.square(z), -0.5), constant);
}
