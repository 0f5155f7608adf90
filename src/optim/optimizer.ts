/**
 * An optimizer is a pair of pure functions over an immutable state that holds the parameters themselves.
 *
 * One state belongs to one group of leaves that always receive gradients together, usually a network. Where
 * PyTorch skips a tensor whose gradient is absent, give that tensor a state of its own (`select` in
 * `tensor/params.ts`) and do not step it: θ, moments and count then stay as they are. A gradient of 0 is not
 * absent; it is a step.
 *
 * @module
 */
import type { Params } from "../tensor/params.ts";

/** `step(step(init(θ), g₁), g₂)` … ; θ is read from the state. */
export interface Optimizer<S extends { readonly theta: Params } = OptimizerState> {
  /** As tables name its arm. */
  readonly name: string;
  /** The state before the first step. Anything that replaces θ from outside starts from here again. */
  init(theta: Params): S;
  /**
   * The state after one gradient; `learningRate` replaces the configured rate for this step only.
   *
   * @throws {TypeError} when the leaves of `grads` are not those of θ
   * @throws {NonFiniteError} when a gradient, or the state it leads to, is not finite
   */
  step(state: S, grads: Params, learningRate?: number): S;
}

/** Every optimizer's state is made of a step count and vectors in θ's layout. */
export type OptimizerState = { readonly count: number; readonly theta: Params } & {
  readonly [slot: string]: Params | number;
};

/** A change of gradients before a step, such as clipping. */
export type GradientTransform = (grads: Params) => Params;
