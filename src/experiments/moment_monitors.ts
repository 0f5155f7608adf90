/**
 * What the moments of an Adam-like optimizer tell about a run that has ended: gradients, ε and the range of floats.
 *
 * @module
 */
import type { Params } from "../tensor/params.ts";
import { type DenominatorShares, denominatorShares } from "../optim/denominator_shares.ts";
import type { OptimizerState } from "../optim/optimizer.ts";

/** β₁ and β₂ of every arm. */
const BETA1 = 0.9, BETA2 = 0.999;

/** The smallest float32 of full precision, and the largest. */
const SMALLEST_NORMAL = 2 ** -126, LARGEST = (2 - 2 ** -23) * 2 ** 127;

/** Adam's moments after `count` steps. */
export interface Moments {
  readonly count: number;
  readonly theta: Params;
  readonly m: Params;
  readonly v: Params;
}

/** Monitors of one network; m̂ and v̂ are the bias-corrected moments. */
export interface MomentMonitors {
  readonly steps: number;
  /** ‖m̂‖: the norm of the mean gradient of the last ten or so steps. */
  readonly meanGradientNorm: number;
  /** √Σ v̂: the root mean square of the gradient's norm over the last thousand or so steps. */
  readonly rmsGradientNorm: number;
  readonly shares: DenominatorShares;
  /** Share of coordinates with √v̂ < ε, which ε damps by more than half. */
  readonly belowEps: number;
  /** max and mean of |m̂| / (√v̂ + ε): how far a step of rate 1 moves a coordinate. */
  readonly largestStep: number;
  readonly meanStep: number;
  /** Share of coordinates whose v lost precision (0 < v < 2⁻¹²⁶) or all of it (v = 0 and m ≠ 0). */
  readonly underflown: number;
  /** Powers of ten between the largest v and the largest float32. */
  readonly headroom: number;
  readonly largestParameter: number;
  /** Numbers among θ, m and v that are not finite. */
  readonly nonFinite: number;
}

/** Whether an optimizer's state has Adam's moments and at least one step was taken. */
export const hasMoments = (state: OptimizerState): state is OptimizerState & Moments =>
  state.count > 0 && typeof state.m === "object" && typeof state.v === "object";

/**
 * The monitors of a state.
 *
 * @param eps ε of the optimizer
 * @throws {RangeError} before the first step
 */
export function momentMonitors({ count, theta, m, v }: Moments, eps: number): MomentMonitors {
  const shares = denominatorShares({ v, count }, BETA2), n = v.data.length;
  const first = 1 - BETA1 ** count, second = 1 - BETA2 ** count;
  let mean = 0, squares = 0, below = 0, lost = 0, steps = 0, largestStep = 0;
  for (let j = 0; j < n; j++) {
    const mj = m.data[j] / first, vj = v.data[j] / second, root = Math.sqrt(vj);
    mean += mj * mj, squares += vj;
    if (root < eps) below++;
    if (v.data[j] < SMALLEST_NORMAL && (v.data[j] > 0 || mj !== 0)) lost++;
    const step = mj === 0 ? 0 : Math.abs(mj) / (root + eps);
    steps += step, largestStep = Math.max(largestStep, step);
  }
  return {
    steps: count,
    meanGradientNorm: Math.sqrt(mean),
    rmsGradientNorm: Math.sqrt(squares),
    shares,
    belowEps: below / n,
    largestStep,
    meanStep: steps / n,
    underflown: lost / n,
    headroom: Math.log10(LARGEST / largest(v)),
    largestParameter: largest(theta),
    nonFinite: [theta, m, v].reduce((sum, { data }) => sum + nonFiniteIn(data), 0),
  };
}

const largest = ({ data }: Params): number =>
  data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

const nonFiniteIn = (data: Params["data"]): number =>
  data.reduce((sum, x) => sum + Number(!Number.isFinite(x)), 0);
