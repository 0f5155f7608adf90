/**
 * Weights of advantage-weighted regression.
 *
 * @module
 */
import { standardized } from "./statistics.ts";
import type { Floats } from "../tensor/tensor.ts";

/** Added to the standard deviation of the advantages of a minibatch. */
const EPSILON = 1e-6;

/**
 * w = min( exp(β Â), cap ) with the advantages Â standardised within the minibatch.
 *
 * @param advantages [B]
 * @see Peng et al. 2019, https://arxiv.org/abs/1910.00177
 */
export function advantageWeights(
  advantages: ArrayLike<number>,
  beta: number,
  cap: number,
): Floats {
  return standardized(advantages, EPSILON).map((a) => Math.min(Math.exp(beta * a), cap));
}
