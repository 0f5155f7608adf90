/**
 * How IDQL chooses among sampled actions.
 *
 * @see Hansen-Estruch et al. 2023, https://arxiv.org/abs/2304.10573
 * @module
 */
import type { ChainNoise } from "../diffusion/noise.ts";
import { sample } from "../diffusion/sample.ts";
import { takeRows } from "../rl/rows.ts";
import type { Params } from "../tensor/params.ts";
import { type Floats, type Tensor, tensor } from "../tensor/tensor.ts";
import { executedPart } from "./chunks.ts";
import { smallerQ } from "./critics.ts";
import type { IdqlSetup } from "./idql.ts";

/** S actions for each of B observations. */
export interface Candidates {
  /** [S · B, A · Da]: candidate s of observation b is row s · B + b. */
  readonly action: Tensor;
  /** [B, S]: the smaller target Q of each. */
  readonly q: Tensor;
}

/**
 * Samples candidates and judges them by the target critic.
 *
 * @param noise for S · B chains
 */
export function sampleCandidates(
  { hyper, policy, criticQ }: IdqlSetup,
  params: { readonly actor: Params; readonly targetQ: Params },
  observation: Tensor,
  noise: ChainNoise,
  deterministic: boolean,
): Candidates {
  const batch = observation.shape[0], count = noise.initial.shape[0] / batch;
  const repeated = takeRows(
    observation,
    Array.from({ length: count * batch }, (_, r) => r % batch),
  );
  const sampled = sample(policy, { actor: params.actor }, repeated, noise, { deterministic });
  const action = executedPart(policy, hyper.actSteps, sampled.action);
  const q = smallerQ(criticQ, params.targetQ, repeated, action);
  return {
    action,
    q: perObservation(batch, count, (b, s) => q[s * batch + b]),
  };
}

/** Weights of exploration, [B, S], summing to 1 over S: `above` against 1 − `above` by the sign of Q − V. */
export function explorationWeights({ q }: Candidates, value: Floats, above: number): Tensor {
  const [batch, count] = q.shape;
  const weight = (b: number, s: number) => q.data[b * count + s] > value[b] ? above : 1 - above;
  return perObservation(batch, count, (b, s) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += weight(b, i);
    return weight(b, s) / sum;
  });
}

/** The candidate with the largest Q of each observation. */
export function bestCandidates({ q }: Candidates): Int32Array {
  const [batch, count] = q.shape;
  return Int32Array.from({ length: batch }, (_, b) => {
    const row = q.data.subarray(b * count, (b + 1) * count);
    return row.indexOf(Math.max(...row));
  });
}

/** The chosen candidate of each observation, [B, A · Da]. */
export const chosenActions = ({ action }: Candidates, choice: Int32Array): Tensor =>
  takeRows(action, Int32Array.from(choice, (s, b) => s * choice.length + b));

function perObservation(
  batch: number,
  count: number,
  f: (b: number, s: number) => number,
): Tensor {
  const data = Float32Array.from(
    { length: batch * count },
    (_, i) => f(Math.floor(i / count), i % count),
  );
  return tensor([batch, count], data);
}
