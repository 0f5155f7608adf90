/**
 * What vectorised environments return and what methods learn from.
 *
 * N is the number of action chunks per environment, E of environments, Do and Da of observation and action
 * numbers, To of observation steps, A of executed steps of a chunk.
 *
 * @module
 */
import type { Doubles, Tensor } from "../tensor/tensor.ts";

/** One chunk of every environment. Never a single `done`. */
export interface TimeStep {
  /** [E, To · Do], normalised; of the next episode where one has ended. */
  readonly observation: Tensor;
  /** [E], the undiscounted sum over the executed steps, float64. */
  readonly reward: Doubles;
  /** [E]: 1 where the task ended the episode. */
  readonly terminated: Uint8Array;
  /** [E]: 1 where a time limit cut it; both can be 1 (reference quirk Q6). */
  readonly truncated: Uint8Array;
  /** [E, To · Do]: the last observation of the episode where it was truncated, else equal to `observation`. */
  readonly finalObservation: Tensor;
}

/** N chunks of E environments, time-major: row n · E + e. */
export interface Rollout {
  /** Which iteration collected it, from 0. */
  readonly iteration: number;
  /** N */
  readonly chunks: number;
  /** E */
  readonly envs: number;
  /** [N · E, To · Do]: before each chunk. */
  readonly observation: Tensor;
  /** [N · E, To · Do]: after each chunk, the final observation where the episode was truncated. */
  readonly nextObservation: Tensor;
  /** [E, To · Do]: what the policy sees next. */
  readonly lastObservation: Tensor;
  /** [N · E, A · Da]: executed, normalised, not clipped. */
  readonly action: Tensor;
  /** [N · E, F + 1, H · Da]: recorded denoising chains, for methods that ask for them. */
  readonly chain?: Tensor;
  /** [N · E], of a whole chunk, raw, float64. */
  readonly reward: Doubles;
  /** [N · E], as in {@link TimeStep}. */
  readonly terminated: Uint8Array;
  /** [N · E], as in {@link TimeStep}. */
  readonly truncated: Uint8Array;
  /** [(N + 1) · E]: 1 where a chunk is the first of its episode. */
  readonly first: Uint8Array;
}
