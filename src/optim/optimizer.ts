/**
 * An optimizer is a pair of pure functions over an immutable state that holds the parameters themselves.
 *
 * @module
 */
import type { Params } from "../tensor/params.ts";

/** `step(step(init(θ), g₁), g₂)` … ; θ is read from the state. */
export interface Optimizer<S extends { readonly theta: Params } = OptimizerState> {
  readonly name: string;
  init(theta: Params): S;
  /** The state after one gradient; `learningRate` replaces the configured rate for this step only. */
  step(state: S, grads: Params, learningRate?: number): S;
}

/** Every optimizer's state is made of a step count and vectors in θ's layout. */
export type OptimizerState = { readonly count: number; readonly theta: Params } & {
  readonly [slot: string]: Params | number;
};

/** A change of gradients before a step: clipping, coupled weight decay. */
export type GradientTransform = (grads: Params) => Params;
