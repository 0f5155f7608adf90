/**
 * ADAPG whose ω follows its own gradient instead of being chosen per task.
 *
 *   θ_i = h_i + (ω_i − 1) δ_i,   δ_i = h_i − h_{i−1}           a step of ADAPG, so ∂θ_i/∂ω_i = δ_i
 *   c_i = ⟨g_i, δ_{i−1}⟩ / (‖g_i‖ ‖δ_{i−1}‖)                     slope of the loss along δ, in [−1, 1];  c_i = 0 where δ or g is 0
 *   a_i = a_{i−1} − κ c_i,   ω_i = 1 + r tanh(a_i)             a_0 = 0
 *
 * g_i is the gradient at θ_{i−1}: where it still points against the last motion (c_i < 0) a larger ω would have
 * gained, so ω grows; where it points along it the step has overshot, so ω falls. The cosine makes κ independent of the
 * scale of losses and of learning rates; tanh keeps ω in (1 − r, 1 + r), for r = 0.5 the range of the paper's useful
 * values and below the bound 2 of stability. ω starts at 1, which is AdamW.
 *
 * @see Baydin et al. 2018, "Online learning rate adaptation with hypergradient descent", https://arxiv.org/abs/1703.04782
 * @module
 */
import { ADAM_DEFAULTS, ADAM_RULES, type AdamOptions } from "./adam.ts";
import { adapg, type AdapgState } from "./adapg.ts";
import type { Params } from "../tensor/params.ts";
import type { Optimizer } from "./optimizer.ts";
import { between, nonNegative, settings } from "./settings.ts";

/** ADAPG's state, the tentative point before `hPrev`, and a, from which ω follows. */
export type AdaptiveAdapgState = AdapgState & { readonly hBefore: Params; readonly a: number };

/** Those of AdamW, κ `omegaRate` and r `omegaRadius` in (0, 1). */
export interface AdaptiveAdapgOptions extends AdamOptions {
  readonly omegaRate?: number;
  readonly omegaRadius?: number;
}

const RULES = { ...ADAM_RULES, omegaRate: nonNegative, omegaRadius: between(0, 1) };
const DEFAULTS = { ...ADAM_DEFAULTS, eps: 1e-11, omegaRate: 0.02, omegaRadius: 0.5 };

/**
 * An optimizer that follows the equations of this module.
 *
 * @throws {RangeError} when a hyperparameter is out of range
 */
export function adaptiveAdapg(options: AdaptiveAdapgOptions): Optimizer<AdaptiveAdapgState> {
  const set = settings("create adaptive", RULES, DEFAULTS, options);
  const { omegaRate, omegaRadius, ...adam } = set;
  return {
    name: "adaptive",
    init: (theta) => ({ ...adapg(adam).init(theta), hBefore: theta, a: 0 }),
    step({ hBefore, a, ...state }, grads, eta) {
      const next = a - omegaRate * slope(grads, state.hPrev, hBefore);
      const omega = 1 + omegaRadius * Math.tanh(next);
      return {
        ...adapg({ ...adam, omega }).step(state, grads, eta),
        hBefore: state.hPrev,
        a: next,
      };
    },
  };
}

/** ⟨g, δ⟩ / (‖g‖ ‖δ‖) for δ = h − hBefore, 0 where a norm is 0 or not finite: ADAPG's own step reports that. */
function slope({ data: g }: Params, { data: h }: Params, { data: hBefore }: Params): number {
  let product = 0, gradient = 0, motion = 0;
  for (let j = 0; j < g.length; j++) {
    const delta = h[j] - hBefore[j];
    product += g[j] * delta;
    gradient += g[j] * g[j];
    motion += delta * delta;
  }
  const cosine = product / Math.sqrt(gradient * motion);
  return Number.isFinite(cosine) ? cosine : 0;
}
