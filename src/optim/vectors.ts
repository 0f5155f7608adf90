/**
 * What the loops of all optimizers share: fresh vectors to write to and the checks around a step.
 *
 * @module
 */
import { NonFiniteError, placeOf } from "../tensor/non_finite.ts";
import { type Params, requireSameLayout } from "../tensor/params.ts";
import type { OptimizerState } from "./optimizer.ts";
import { nonNegative, requireSetting } from "./settings.ts";

/** Parameters that are still being written. */
export interface Draft extends Params {
  readonly data: Float32Array;
}

/**
 * Zeros in the layout of `params` and of the same element type: a θ stored in float64, as tests use it, gets
 * a state in float64.
 */
export function zerosLike({ layout, data }: Params): Draft {
  const Vector = data.constructor as unknown as Float32ArrayConstructor;
  return { layout, data: new Vector(data.length) };
}

/**
 * The smallest number that storage rounds to infinity. A step compares what it is about to store with it:
 * NaN and infinite gradients, an overflowing v and a runaway θ all fail the comparison.
 */
export const overflowOf = ({ data }: Params): number =>
  data.BYTES_PER_ELEMENT === 4 ? 2 ** 128 - 2 ** 103 : Infinity;

/** Checks the arguments of a step. */
export function requireStep(name: string, theta: Params, grads: Params, learningRate: number) {
  requireSetting(`step ${name}`, "learningRate", nonNegative, learningRate);
  requireSameLayout(`step ${name}`, theta, grads);
}

/**
 * Throws for the first coordinate at which v or θ of a new state is not finite.
 *
 * @throws {NonFiniteError} as {@link nonFinite}
 */
export function requireFinite(
  name: string,
  grads: Params,
  next: OptimizerState & { readonly v: Params },
): void {
  const theta = next.theta.data, v = next.v.data;
  for (let j = 0; j < v.length; j++) {
    if (!(v[j] < Infinity && Math.abs(theta[j]) < Infinity)) throw nonFinite(name, j, grads, next);
  }
}

/**
 * The error for a step that made coordinate `j` non-finite: it blames the gradient if that was not finite
 * itself, else the first vector of the new state that cannot hold its value.
 */
export function nonFinite(
  name: string,
  j: number,
  grads: Params,
  next: Readonly<Record<string, Params | number>>,
): NonFiniteError {
  const g = grads.data[j], place = placeOf(grads.layout, j);
  if (!Number.isFinite(g)) return new NonFiniteError(`step ${name}`, "gradient", place, g);
  const vectors = Object.entries(next).filter((entry): entry is [string, Params] =>
    typeof entry[1] !== "number"
  );
  const [slot, value] = vectors.map(([slot, { data }]) => [slot, data[j]] as const)
    .find(([, value]) => !Number.isFinite(value))!;
  return new NonFiniteError(`step ${name}`, slot, `${place}, gradient ${g}`, value);
}
