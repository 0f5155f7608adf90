/**
 * AdamW, as `torch.optim.AdamW`: Adam whose weight decay acts on θ and never enters the moments.
 *
 *   m_i = β₁ m_{i−1} + (1 − β₁) g_i            g_i: gradient at θ_{i−1};  m_0 = v_0 = 0
 *   v_i = β₂ v_{i−1} + (1 − β₂) g_i²
 *   u_i = η · m_i/(1 − β₁^i) / (√(v_i/(1 − β₂^i)) + ε)
 *   θ_i = (1 − ηλ) θ_{i−1} − u_i
 *
 * Arithmetic is float64, storage has the precision of θ.
 *
 * @see Loshchilov & Hutter 2019, https://arxiv.org/abs/1711.05101
 * @module
 */
import { ADAM_DEFAULTS, ADAM_RULES, type AdamOptions, type AdamState } from "./adam.ts";
import { factorsOf, type Loop, runLoop } from "./moment_step.ts";
import type { Optimizer } from "./optimizer.ts";
import { settings } from "./settings.ts";
import { requireFinite, requireStep, zerosLike } from "./vectors.ts";

/** The equations of this module: g, m, v and θ to the next state. */
const adamwLoop: Loop = (
  { beta1, beta2, rate, scale, eps, keep },
  [g, m, v, theta],
  [nextM, nextV, nextTheta],
) => {
  for (let j = 0; j < g.length; j++) {
    const mi = beta1 * m[j] + (1 - beta1) * g[j];
    const vi = beta2 * v[j] + (1 - beta2) * g[j] * g[j];
    const u = rate * mi / (Math.sqrt(vi) * scale + eps);
    nextM[j] = mi, nextV[j] = vi, nextTheta[j] = keep * theta[j] - u;
  }
};

/**
 * An optimizer that follows the equations of this module.
 *
 * @throws {RangeError} when a hyperparameter is out of range
 */
export function adamw(options: AdamOptions): Optimizer<AdamState> {
  const set = settings("create adamw", ADAM_RULES, ADAM_DEFAULTS, options);
  const { learningRate } = set;
  return {
    name: "adamw",
    init: (theta) => ({ count: 0, theta, m: zerosLike(theta), v: zerosLike(theta) }),
    step(state, grads, eta = learningRate) {
      requireStep("adamw", state.theta, grads, eta);
      const i = state.count + 1, empty = () => zerosLike(state.theta);
      const next = { count: i, theta: empty(), m: empty(), v: empty() };
      const factors = factorsOf({ ...set, omega: 1 }, i, eta);
      const inputs = [grads, state.m, state.v, state.theta], outputs = [next.m, next.v, next.theta];
      const finite = runLoop("adamw", adamwLoop, factors, inputs, outputs);
      if (!finite) requireFinite("adamw", grads, next);
      return next;
    },
  };
}
