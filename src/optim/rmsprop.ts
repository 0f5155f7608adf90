/**
 * RMSProp with coupled weight decay, as `torch.optim.RMSprop`. There is no bias correction.
 *
 *   g_i ← g_i + λ θ_{i−1}
 *   v_i = α v_{i−1} + (1 − α) g_i²                   v_0 = ḡ_0 = b_0 = 0
 *   a_i = √v_i + ε, or √(v_i − ḡ_i²) + ε if centred, with ḡ_i = α ḡ_{i−1} + (1 − α) g_i
 *   b_i = μ b_{i−1} + g_i / a_i
 *   θ_i = θ_{i−1} − η b_i
 *
 * Rounding can make v_i − ḡ_i² negative; it counts as 0 then. Arithmetic is float64, storage has the
 * precision of θ.
 *
 * @module
 */
import type { Params } from "../tensor/params.ts";
import type { Optimizer } from "./optimizer.ts";
import { decay, flag, nonNegative, settings } from "./settings.ts";
import { nonFinite, overflowOf, requireStep, zerosLike } from "./vectors.ts";

/** Step count i, parameters θ_i, running averages v_i of g² and `gBar` of g, and momentum b_i. */
export type RmspropState = {
  readonly count: number;
  readonly theta: Params;
  readonly v: Params;
  readonly gBar: Params;
  readonly b: Params;
};

/** η `learningRate`, α `alpha`, ε `eps`, μ `momentum`, λ `weightDecay`. */
export interface RmspropOptions {
  readonly learningRate: number;
  readonly alpha?: number;
  readonly eps?: number;
  readonly momentum?: number;
  readonly centered?: boolean;
  readonly weightDecay?: number;
}

const RULES = {
  learningRate: nonNegative,
  alpha: decay,
  eps: nonNegative,
  momentum: decay,
  centered: flag,
  weightDecay: nonNegative,
};
const DEFAULTS = { alpha: 0.99, eps: 1e-8, momentum: 0, centered: false, weightDecay: 0 };

/**
 * An optimizer that follows the equations of this module.
 *
 * @throws {RangeError} when a hyperparameter is out of range
 */
export function rmsprop(options: RmspropOptions): Optimizer<RmspropState> {
  const set = settings("create rmsprop", RULES, DEFAULTS, options);
  const { learningRate, alpha, eps, momentum, centered, weightDecay } = set;
  return {
    name: "rmsprop",
    init(theta) {
      const zero = zerosLike(theta);
      return { count: 0, theta, v: zero, gBar: zero, b: zero };
    },
    step(state, grads, eta = learningRate) {
      requireStep("rmsprop", state.theta, grads, eta);
      const i = state.count + 1, empty = () => zerosLike(state.theta);
      const next = { count: i, theta: empty(), v: empty(), gBar: empty(), b: empty() };
      const theta = state.theta.data, v = state.v.data, gBar = state.gBar.data, b = state.b.data;
      const overflow = overflowOf(state.theta);
      for (let j = 0; j < theta.length; j++) {
        const g = grads.data[j] + weightDecay * theta[j];
        const vi = alpha * v[j] + (1 - alpha) * g * g;
        const mean = alpha * gBar[j] + (1 - alpha) * g;
        const a = Math.sqrt(centered ? Math.max(0, vi - mean * mean) : vi) + eps;
        const bi = momentum * b[j] + g / a;
        const moved = theta[j] - eta * bi;
        next.v.data[j] = vi, next.gBar.data[j] = mean, next.b.data[j] = bi;
        next.theta.data[j] = moved;
        if (!(vi < overflow && Math.abs(moved) < overflow)) {
          throw nonFinite("rmsprop", j, grads, next);
        }
      }
      return next;
    },
  };
}
