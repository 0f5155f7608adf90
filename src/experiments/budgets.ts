/**
 * Budgets say how far a profile's runs go. They truncate and change nothing else: a smoke run is the beginning
 * of the full one.
 *
 * @module
 */

/** The reference's sizes (`paper`), or smaller ones of the same structure. */
export const PROFILES = ["compact", "paper"] as const;
export type Profile = typeof PROFILES[number];

export const BUDGETS = ["smoke", "short", "full"] as const;
export type BudgetName = typeof BUDGETS[number];

/** Where runs stop. */
export interface Budget {
  /** Iterations at most; the profile's own number where it is smaller. */
  readonly iterations: number;
  /** Seeds 0 … seeds − 1. */
  readonly seeds: number;
  /** Final evaluation episodes 0 … n − 1. */
  readonly episodes: number;
}

/** Budgets by profile. */
export const budgets: Readonly<Record<Profile, Readonly<Record<BudgetName, Budget>>>> = {
  compact: {
    smoke: { iterations: 3, seeds: 1, episodes: 4 },
    short: { iterations: 151, seeds: 3, episodes: 50 },
    full: { iterations: Infinity, seeds: 5, episodes: 100 },
  },
  paper: {
    smoke: { iterations: 2, seeds: 1, episodes: 4 },
    short: { iterations: 101, seeds: 3, episodes: 50 },
    full: { iterations: Infinity, seeds: 5, episodes: 100 },
  },
};
