/**
 * What a rollout needs of a method: how it acts.
 *
 * @module
 */
import type { Key } from "../rng/key.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** "explore" acts with the noise floor, "evaluate" without noise in the last denoising step. */
export type ActMode = "explore" | "evaluate";

/** Actions for a batch of observations. */
export interface ActionSample {
  /** [B, A · Da] */
  readonly action: Tensor;
  /** [B, F + 1, H · Da], where the method records it. */
  readonly chain?: Tensor;
}

/** Chooses actions from a state `S`. */
export interface Policy<S> {
  /** Records denoising chains in rollouts. */
  readonly recordsChain: boolean;
  /** After a truncation the policy sees the old episode's last observation once (reference quirk Q9). */
  readonly seesFinalObservation: boolean;
  /**
   * Samples a chunk of actions for each of B observations.
   *
   * @param observation [B, To · Do], normalised
   */
  act(state: S, observation: Tensor, key: Key, mode: ActMode): ActionSample;
}
