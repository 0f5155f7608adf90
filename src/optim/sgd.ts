/**
 * Gradient descent with momentum and coupled weight decay, as `torch.optim.SGD`.
 *
 *   g_i ← g_i + λ θ_{i−1}
 *   b_1 = g_1,  b_i = μ b_{i−1} + (1 − τ) g_i        τ: dampening
 *   θ_i = θ_{i−1} − η b_i, or θ_{i−1} − η (g_i + μ b_i) with Nesterov's momentum
 *
 * Arithmetic is float64, storage has the precision of θ.
 *
 * @module
 */
import type { Params } from "../tensor/params.ts";
import type { Optimizer } from "./optimizer.ts";
import { decay, flag, fraction, nonNegative, settings } from "./settings.ts";
import { nonFinite, overflowOf, requireStep, zerosLike } from "./vectors.ts";

/** Step count i, parameters θ_i and momentum b_i. */
export type SgdState = { readonly count: number; readonly theta: Params; readonly b: Params };

/** η `learningRate`, μ `momentum`, τ `dampening`, λ `weightDecay`. */
export interface SgdOptions {
  readonly learningRate: number;
  readonly momentum?: number;
  readonly dampening?: number;
  readonly nesterov?: boolean;
  readonly weightDecay?: number;
}

const RULES = {
  learningRate: nonNegative,
  momentum: decay,
  dampening: fraction,
  nesterov: flag,
  weightDecay: nonNegative,
};
const DEFAULTS = { momentum: 0, dampening: 0, nesterov: false, weightDecay: 0 };

/**
 * An optimizer that follows the equations of this module.
 *
 * @throws {RangeError} when a hyperparameter is out of range, or Nesterov's momentum comes with dampening or μ = 0
 */
export function sgd(options: SgdOptions): Optimizer<SgdState> {
  const set = settings("create sgd", RULES, DEFAULTS, options);
  const { learningRate, momentum, nesterov, weightDecay } = set;
  const dampening = momentum === 0 ? 0 : set.dampening;
  if (nesterov && (momentum === 0 || dampening > 0)) {
    throw new RangeError(
      `Cannot create sgd: nesterov needs momentum > 0 and dampening 0, found ${momentum} and ${dampening}`,
    );
  }
  return {
    name: "sgd",
    init: (theta) => ({ count: 0, theta, b: zerosLike(theta) }),
    step(state, grads, eta = learningRate) {
      requireStep("sgd", state.theta, grads, eta);
      const i = state.count + 1, empty = () => zerosLike(state.theta);
      const next = { count: i, theta: empty(), b: empty() };
      const theta = state.theta.data, b = state.b.data;
      const share = i === 1 ? 1 : 1 - dampening, overflow = overflowOf(state.theta);
      for (let j = 0; j < theta.length; j++) {
        const g = grads.data[j] + weightDecay * theta[j];
        const bi = momentum * b[j] + share * g;
        const moved = theta[j] - eta * (nesterov ? g + momentum * bi : bi);
        next.b.data[j] = bi, next.theta.data[j] = moved;
        if (!(Math.abs(bi) < overflow && Math.abs(moved) < overflow)) {
          throw nonFinite("sgd", j, grads, next);
        }
      }
      return next;
    },
  };
}
