/**
 * The addresses of all random streams of a run.
 *
 * An address never holds the optimizer, the budget, the worker or the clock: the arms of a pair share every
 * draw, and a longer run begins like a shorter one.
 *
 * @module
 */
import { address, type Key, key } from "../rng/key.ts";

/** What streams depend on. */
export interface StreamOwner {
  readonly env: string;
  readonly method: string;
  readonly seed: number;
}

/** The streams of one run; each key is for one use. */
export interface Streams {
  /** Initial parameters of new networks. */
  readonly init: Key;
  /** Initial states of an iteration's episodes, shared by all methods. */
  resets(iteration: number): Key;
  /** The policy's noise in an iteration's rollout. */
  act(iteration: number): Key;
  /** Minibatches and noise of an iteration's update. */
  update(iteration: number): Key;
}

/** The streams of a method on an environment from a seed. */
export function streamsOf({ env, method, seed }: StreamOwner): Streams {
  const root = key(seed);
  return {
    init: address(root, "init", env, method),
    resets: (iteration) => address(root, "reset", env, iteration),
    act: (iteration) => address(root, "act", env, method, iteration),
    update: (iteration) => address(root, "update", env, method, iteration),
  };
}

/** The streams of evaluation episodes: the same for every method, optimizer and seed. */
export const evaluationStreams = (env: string): { readonly resets: Key; readonly act: Key } => ({
  resets: address(key(0), "evaluation", "reset", env),
  act: address(key(0), "evaluation", "act", env),
});
