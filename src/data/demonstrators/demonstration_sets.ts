/**
 * How many demonstrations each manipulation task gets, and what they are compared with.
 *
 * @module
 */
import type { DemonstratedName } from "./demonstrator.ts";

/** A data set to be collected. */
export interface DemonstrationSet {
  /** Successful episodes. */
  readonly episodes: number;
  /** Mean episode length of robomimic's multi-human data: 300 episodes by six operators. */
  readonly robomimicMeanLength: number;
}

/** The sets by task. robomimic's lengths for Lift and Square are as commonly quoted. */
export const demonstrationSets = {
  lift: { episodes: 100, robomimicMeanLength: 104 },
  can: { episodes: 100, robomimicMeanLength: 209.2 },
  square: { episodes: 1000, robomimicMeanLength: 269 },
} as const satisfies Readonly<Record<DemonstratedName, DemonstrationSet>>;
