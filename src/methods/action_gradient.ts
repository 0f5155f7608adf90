/**
 * Actions that climb a critic.
 *
 * @module
 */
import type { ActionCritic } from "../nn/critic_obs_act.ts";
import { adam } from "../optim/adam.ts";
import { clipByGlobalNorm } from "../optim/clip_by_global_norm.ts";
import { tf } from "../tensor/backend.ts";
import { valueAndGrad } from "../tensor/engine.ts";
import { leafOf, type Params, paramsOf } from "../tensor/params.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";

/** How actions climb. */
export interface ActionAscent {
  readonly learningRate: number;
  readonly steps: number;
  /** Bound on a gradient's norm. */
  readonly maxNorm: number;
  /** Whose norm: that of all rows together, as the reference, or each row's. */
  readonly clip: "joint" | "each row";
}

/**
 * `steps` of Adam, ε = 1e-5, on Σ min(Q₁, Q₂)(o, a) with respect to the actions [B, A · Da], each followed by a clamp to
 * [−1, 1].
 */
export function improvedActions(
  critic: ActionCritic,
  params: Params,
  observation: Tensor,
  action: Tensor,
  { learningRate, steps, maxNorm, clip }: ActionAscent,
): Tensor {
  const optimizer = adam({ learningRate, eps: 1e-5 });
  const bound = clip === "joint" ? clipByGlobalNorm(maxNorm) : clipEachRow(maxNorm);
  let state = optimizer.init(paramsOf({ action }));
  for (let i = 0; i < steps; i++) {
    const descent = negativeQGradient(critic, params, observation, state.theta);
    const next = optimizer.step(state, bound(descent));
    state = { ...next, theta: clamped(next.theta) };
  }
  return leafOf(state.theta, "action");
}

function negativeQGradient(
  critic: ActionCritic,
  params: Params,
  observation: Tensor,
  actions: Params,
): Params {
  const frozen = { critic: params };
  return valueAndGrad(actions, frozen, { observation }, ({ action }, { critic: weights }, x) => ({
    loss: tf.neg(tf.sum(critic.apply(weights, x.observation, action))),
  })).grads;
}

function clamped({ layout, data }: Params): Params {
  const out = new Float32Array(data.length);
  for (let j = 0; j < out.length; j++) out[j] = Math.min(1, Math.max(-1, data[j]));
  return { layout, data: out };
}

function clipEachRow(maxNorm: number): (grads: Params) => Params {
  const clip = clipByGlobalNorm(maxNorm);
  return (grads) => {
    const { shape, data } = leafOf(grads, "action"), [rows, width] = shape;
    const out = new Float32Array(data.length);
    for (let b = 0; b < rows; b++) {
      const row = tensor([width], data.subarray(b * width, (b + 1) * width));
      out.set(clip(paramsOf({ row })).data as Float32Array, b * width);
    }
    return { layout: grads.layout, data: out };
  };
}
