/**
 * What a policy sees while it is evaluated.
 *
 * @module
 */
import type { Policy } from "../../rl/policy.ts";
import { takeRows } from "../../rl/rows.ts";
import { type Tensor, tensor, volume } from "../../tensor/tensor.ts";
import { type Episode, evaluatePolicy, type EvaluationPlan } from "../evaluate.ts";

/** The episodes of a policy and the observations that it acted on, chunk by chunk, without those of ended episodes. */
export function evaluateAndWatch<M, S>(
  policy: Policy<M>,
  state: M,
  plan: EvaluationPlan<S>,
): { readonly episodes: readonly Episode[]; readonly observations: Tensor } {
  const seen: Tensor[] = [];
  const watched: Policy<M> = {
    ...policy,
    act(state, observation, key, mode) {
      seen.push(observation);
      return policy.act(state, observation, key, mode);
    },
  };
  const episodes = evaluatePolicy(watched, state, plan);
  // A row that does not change any more belongs to an episode that has ended.
  const fresh = seen.map((now, n) =>
    n === 0 ? now : takeRows(now, rowsThatDiffer(now, seen[n - 1]))
  );
  return { episodes, observations: stacked(fresh) };
}

function rowsThatDiffer(a: Tensor, b: Tensor): number[] {
  const [rows, width] = a.shape;
  const differs = (row: number) => {
    for (let j = row * width; j < (row + 1) * width; j++) if (a.data[j] !== b.data[j]) return true;
    return false;
  };
  return Array.from({ length: rows }, (_, row) => row).filter(differs);
}

/** Rows of several tensors, one after another. */
export function stacked(parts: readonly Tensor[]): Tensor {
  const width = parts[0].shape.slice(1), rows = parts.reduce((n, { shape }) => n + shape[0], 0);
  const data = new Float32Array(rows * volume(width));
  let at = 0;
  for (const part of parts) {
    data.set(part.data as Float32Array, at);
    at += part.data.length;
  }
  return tensor([rows, ...width], data);
}

/** At most `count` rows at equal distances. */
export function thinned(rows: Tensor, count: number): Tensor {
  const total = rows.shape[0], kept = Math.min(count, total);
  return takeRows(rows, Array.from({ length: kept }, (_, i) => Math.floor(i * total / kept)));
}
