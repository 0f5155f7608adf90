/**
 * Adam with coupled weight decay, as `torch.optim.Adam`.
 *
 *   g_i ← g_i + λ θ_{i−1}
 *   m_i = β₁ m_{i−1} + (1 − β₁) g_i            m_0 = v_0 = 0
 *   v_i = β₂ v_{i−1} + (1 − β₂) g_i²
 *   u_i = η · m_i/(1 − β₁^i) / (√(v_i/(1 − β₂^i)) + ε)
 *   θ_i = θ_{i−1} − u_i
 *
 * Arithmetic is float64, storage has the precision of θ.
 *
 * @see Kingma & Ba 2015, https://arxiv.org/abs/1412.6980
 * @module
 */
import type { Params } from "../tensor/params.ts";
import type { Optimizer } from "./optimizer.ts";
import { decay, nonNegative, settings } from "./settings.ts";
import { nonFinite, overflowOf, requireStep, zerosLike } from "./vectors.ts";

/** Step count i, parameters θ_i and moments m_i, v_i. */
export type AdamState = {
  readonly count: number;
  readonly theta: Params;
  readonly m: Params;
  readonly v: Params;
};

/** η `learningRate`, β₁ `beta1`, β₂ `beta2`, ε `eps` (added after the bias-corrected root), λ `weightDecay`. */
export interface AdamOptions {
  readonly learningRate: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly eps?: number;
  readonly weightDecay?: number;
}

/** What the hyperparameters of Adam and of its descendants may be. */
export const ADAM_RULES = {
  learningRate: nonNegative,
  beta1: decay,
  beta2: decay,
  eps: nonNegative,
  weightDecay: nonNegative,
};

/** λ is 0 for AdamW too, where PyTorch has 0.01: both arms of a comparison must start from the same. */
export const ADAM_DEFAULTS = { beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0 };

/**
 * An optimizer that follows the equations of this module.
 *
 * @throws {RangeError} when a hyperparameter is out of range
 */
export function adam(options: AdamOptions): Optimizer<AdamState> {
  const set = settings("create adam", ADAM_RULES, ADAM_DEFAULTS, options);
  const { learningRate, beta1, beta2, eps, weightDecay } = set;
  return {
    name: "adam",
    init: (theta) => ({ count: 0, theta, m: zerosLike(theta), v: zerosLike(theta) }),
    step(state, grads, eta = learningRate) {
      requireStep("adam", state.theta, grads, eta);
      const i = state.count + 1, empty = () => zerosLike(state.theta);
      const next = { count: i, theta: empty(), m: empty(), v: empty() };
      const theta = state.theta.data, m = state.m.data, v = state.v.data;
      const rate = eta / (1 - beta1 ** i), scale = 1 / Math.sqrt(1 - beta2 ** i);
      const overflow = overflowOf(state.theta);
      for (let j = 0; j < theta.length; j++) {
        const g = grads.data[j] + weightDecay * theta[j];
        const mi = beta1 * m[j] + (1 - beta1) * g;
        const vi = beta2 * v[j] + (1 - beta2) * g * g;
        const u = rate * mi / (Math.sqrt(vi) * scale + eps);
        const moved = theta[j] - u;
        next.m.data[j] = mi, next.v.data[j] = vi, next.theta.data[j] = moved;
        if (!(vi < overflow && Math.abs(moved) < overflow)) throw nonFinite("adam", j, grads, next);
      }
      return next;
    },
  };
}
