/**
 * A fine-tuning method: three pure functions over a state.
 *
 * @module
 */
import type { Rollout } from "../rl/rollout_types.ts";
import type { Key } from "../rng/key.ts";
import type { Params } from "../tensor/params.ts";
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

/** Scalars worth logging, by name. */
export type Metrics = Readonly<Record<string, number>>;

/** `S` holds all that a run remembers: networks, optimizer states, replay, counters. */
export interface Method<S> {
  readonly name: string;
  /** Records denoising chains in rollouts. */
  readonly recordsChain: boolean;
  /** After a truncation the policy sees the old episode's last observation once (reference quirk Q9). */
  readonly seesFinalObservation: boolean;
  init(pretrained: Params, key: Key): S;
  act(state: S, observation: Tensor, key: Key, mode: ActMode): ActionSample;
  /** One training iteration's update. */
  update(state: S, rollout: Rollout, key: Key): readonly [S, Metrics];
}
