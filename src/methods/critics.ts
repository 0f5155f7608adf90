/**
 * Evaluation and regression of critics.
 *
 * @module
 */
import type { ActionCritic } from "../nn/critic_obs_act.ts";
import type { Network } from "../nn/network.ts";
import { evaluateRows } from "../rl/rows.ts";
import { tf } from "../tensor/backend.ts";
import { evaluate, type ValueAndGrad, valueAndGrad } from "../tensor/engine.ts";
import type { Params } from "../tensor/params.ts";
import type { Floats, Tensor } from "../tensor/tensor.ts";

/** V(o) as [B, 1]. */
export type ValueCritic = Network<[cond: tf.Tensor]>;

/** Rows of a pass; bounds memory. */
const VALUE_ROWS = 20_000;

/** V of each row of observations. */
export function valuesOf(critic: ValueCritic, params: Params, observation: Tensor): Floats {
  return evaluateRows(
    { critic: params },
    { observation },
    VALUE_ROWS,
    (nodes, x) => critic.apply(nodes.critic, x.observation),
  ).data;
}

/** min(Q₁, Q₂) of each row. */
export function smallerQ(
  critic: ActionCritic,
  params: Params,
  observation: Tensor,
  action: Tensor,
): Floats {
  const { q } = evaluate(
    { critic: params },
    { observation, action },
    (nodes, x) => ({ q: critic.apply(nodes.critic, x.observation, x.action) }),
  );
  return q.data;
}

/** mean (Q₁ − y)² + mean (Q₂ − y)² with its gradient. */
export function qRegression(
  critic: ActionCritic,
  params: Params,
  { observation, action }: { readonly observation: Tensor; readonly action: Tensor },
  target: Tensor,
): ValueAndGrad {
  return valueAndGrad(params, {}, { observation, action, target }, (weights, _, x) => {
    const errors = critic.heads(weights, x.observation, x.action)
      .map((q) => tf.mean(tf.squaredDifference(q, x.target)));
    return { loss: tf.addN(errors) };
  });
}
