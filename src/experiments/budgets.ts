/**
 * Budgets say how far a profile's runs go. They truncate and change nothing else: a smoke run is the beginning
 * of the full one.
 *
 * @module
 */

import type { EnvSpec } from "../rl/environment.ts";

/** The reference's sizes (`paper`), or smaller ones of the same structure. */
export const PROFILES = ["compact", "paper"] as const;
export type Profile = typeof PROFILES[number];

export const BUDGETS = ["smoke", "short", "full"] as const;
export type BudgetName = typeof BUDGETS[number];

/** Where runs stop. */
export interface Budget {
  /**
   * Iterations at most, by what the environment reports; the profile's own number where it is smaller. Robots with
   * arms take several times as long to simulate.
   */
  readonly iterations: Readonly<Record<EnvSpec["metric"], number>>;
  /** Seeds 0 … seeds − 1. */
  readonly seeds: number;
  /** Final evaluation episodes 0 … n − 1. */
  readonly episodes: number;
}

const EVERY = { return: Infinity, success: Infinity };

/** Budgets by profile. */
export const budgets: Readonly<Record<Profile, Readonly<Record<BudgetName, Budget>>>> = {
  compact: {
    // Critics warm up for 5 iterations, so that all actors are trained in 7.
    smoke: { iterations: { return: 7, success: 3 }, seeds: 1, episodes: 4 },
    short: { iterations: { return: 101, success: 61 }, seeds: 3, episodes: 50 },
    full: { iterations: EVERY, seeds: 5, episodes: 100 },
  },
  paper: {
    smoke: { iterations: { return: 2, success: 2 }, seeds: 1, episodes: 4 },
    short: { iterations: { return: 101, success: 61 }, seeds: 3, episodes: 50 },
    full: { iterations: EVERY, seeds: 5, episodes: 100 },
  },
};
