/**
 * ADAPG, the optimizer of ADPO: a step of AdamW, then an interpolation between the last two tentative points.
 *
 *   m_i = β₁ m_{i−1} + (1 − β₁) g_i            g_i: gradient at θ_{i−1};  m_0 = v_0 = 0
 *   v_i = β₂ v_{i−1} + (1 − β₂) g_i²
 *   u_i = η · m_i/(1 − β₁^i) / (√(v_i/(1 − β₂^i)) + ε)
 *   h_i = (1 − ηλ) θ_{i−1} − u_i               tentative point;  h_0 = θ_0
 *   θ_i = (1 − ω) h_{i−1} + ω h_i              what the network uses
 *
 * ω = 1 is AdamW bit for bit; ω < 1 damps, ω > 1 accelerates; the long-run rate is η/(2 − ω), so ω ≥ 2 is
 * unstable. The last line is computed as h_i + (ω − 1)(h_i − h_{i−1}), which is exact where ω = 1 or h rests.
 * Arithmetic is float64, storage has the precision of θ.
 *
 * The paper says in words that θ_i combines "h_i and the previous step h_{i−1}". Reading A, above, takes the
 * previous tentative point. B and C read "previous step" differently and are kept for comparison.
 *
 * @see arXiv 2505.08376; fixtures/paper/NOTES.md for the readings
 * @module
 */
import { ADAM_DEFAULTS, ADAM_RULES, type AdamOptions, type AdamState } from "./adam.ts";
import type { Params } from "../tensor/params.ts";
import { factorsOf, type Loop, runLoop } from "./moment_step.ts";
import type { Optimizer } from "./optimizer.ts";
import { between, oneOf, settings } from "./settings.ts";
import { requireFinite, requireStep, zerosLike } from "./vectors.ts";

/** Adam's state and the tentative point h_i, which the next step needs. */
export type AdapgState = AdamState & { readonly hPrev: Params };

/**
 * - A: h_i starts from θ_{i−1} and is blended with h_{i−1}
 * - B: h_i starts from θ_{i−1} and is blended with θ_{i−1}: AdamW with learning rate ωη
 * - C: h_i starts from h_{i−1} and is blended with h_{i−1}: θ looks ahead of an AdamW path
 */
export type AdapgReading = "A" | "B" | "C";

/** Those of AdamW and ω `omega` in (0, 2). */
export interface AdapgOptions extends AdamOptions {
  readonly omega?: number;
  readonly reading?: AdapgReading;
}

const RULES = { ...ADAM_RULES, omega: between(0, 2), reading: oneOf("A", "B", "C") };
const DEFAULTS = { ...ADAM_DEFAULTS, eps: 1e-11, omega: 1.2, reading: "A" as AdapgReading };

/** The equations of this module: g, m, v, where h starts from and what it is blended with, to the next state. */
const adapgLoop: Loop = (
  { beta1, beta2, rate, scale, eps, keep, ahead },
  [g, m, v, start, previous],
  [nextM, nextV, nextTheta, nextH],
) => {
  for (let j = 0; j < g.length; j++) {
    const mi = beta1 * m[j] + (1 - beta1) * g[j];
    const vi = beta2 * v[j] + (1 - beta2) * g[j] * g[j];
    const u = rate * mi / (Math.sqrt(vi) * scale + eps);
    const h = keep * start[j] - u;
    nextM[j] = mi, nextV[j] = vi, nextH[j] = h;
    nextTheta[j] = h + ahead * (h - previous[j]);
  }
};

/**
 * An optimizer that follows the equations of this module.
 *
 * @throws {RangeError} when a hyperparameter is out of range
 * @example Minimise ½(θ − 3)², whose gradient is θ − 3
 * ```ts
 * import { adapg, paramsOf, tensor } from "adpo";
 * import { ok } from "node:assert/strict";
 * const optimizer = adapg({ learningRate: 0.1, omega: 1.2 });
 * let state = optimizer.init(paramsOf({ theta: tensor([1], [0]) }));
 * for (let i = 0; i < 200; i++) {
 *   state = optimizer.step(state, paramsOf({ theta: tensor([1], [state.theta.data[0] - 3]) }));
 * }
 * ok(Math.abs(state.theta.data[0] - 3) < 0.01);
 * ```
 */
export function adapg(options: AdapgOptions): Optimizer<AdapgState> {
  const set = settings("create adapg", RULES, DEFAULTS, options);
  const { learningRate, reading } = set;
  const name = reading === "A" ? "adapg" : `adapg-${reading}`;
  return {
    name,
    init: (theta) => ({ count: 0, theta, m: zerosLike(theta), v: zerosLike(theta), hPrev: theta }),
    step(state, grads, eta = learningRate) {
      requireStep(name, state.theta, grads, eta);
      const i = state.count + 1, empty = () => zerosLike(state.theta);
      const next = { count: i, theta: empty(), m: empty(), v: empty(), hPrev: empty() };
      const start = reading === "C" ? state.hPrev : state.theta;
      const previous = reading === "B" ? state.theta : state.hPrev;
      const inputs = [grads, state.m, state.v, start, previous];
      const outputs = [next.m, next.v, next.theta, next.hPrev];
      const finite = runLoop("adapg", adapgLoop, factorsOf(set, i, eta), inputs, outputs);
      if (!finite) requireFinite(name, grads, next);
      return next;
    },
  };
}
