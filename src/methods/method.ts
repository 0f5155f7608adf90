/**
 * A fine-tuning method: three pure functions over a state.
 *
 * @module
 */
import type { Policy } from "../rl/policy.ts";
import type { Rollout } from "../rl/rollout_types.ts";
import type { Key } from "../rng/key.ts";
import type { Params } from "../tensor/params.ts";

export type { ActionSample, ActMode } from "../rl/policy.ts";

/** Scalars worth logging, by name. */
export type Metrics = Readonly<Record<string, number>>;

/** `S` holds all that a run remembers: networks, optimizer states, replay, counters. */
export interface Method<S> extends Policy<S> {
  readonly name: string;
  init(pretrained: Params, key: Key): S;
  /** One training iteration's update. */
  update(state: S, rollout: Rollout, key: Key): readonly [S, Metrics];
}

/** The state after one minibatch and what is known of its losses. */
export interface Step<S, T = Metrics> {
  readonly state: S;
  readonly terms: T;
}

/** The last of several steps' states and the mean of each term over the steps that have it. */
export function lastOf<S>(state: S, steps: Iterable<Step<S>>): readonly [S, Metrics] {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const step of steps) {
    state = step.state;
    for (const [name, value] of Object.entries(step.terms)) {
      const { sum, count } = sums.get(name) ?? { sum: 0, count: 0 };
      sums.set(name, { sum: sum + value, count: count + 1 });
    }
  }
  return [state, Object.fromEntries([...sums].map(([name, s]) => [name, s.sum / s.count]))];
}
