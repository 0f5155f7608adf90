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

/** The mean of each scalar over several records with the same names. */
export function averageMetrics(records: readonly Metrics[]): Metrics {
  const mean = (name: string) => records.reduce((sum, m) => sum + m[name], 0) / records.length;
  return Object.fromEntries(Object.keys(records[0] ?? {}).map((name) => [name, mean(name)]));
}
