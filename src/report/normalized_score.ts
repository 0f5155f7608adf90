/**
 * Scores of different environments on one scale.
 *
 * @module
 */
import type { Compared } from "./cell_score.ts";

/** Returns of a random and of an expert policy. */
interface Reference {
  readonly random: number;
  readonly expert: number;
}

/**
 * D4RL's reference returns of the Gym v2 tasks. They were published before this project and depend on none of its
 * policies, so no result can move its own scale.
 *
 * @see Fu et al. 2020, "D4RL", `d4rl/infos.py`, `REF_MIN_SCORE` and `REF_MAX_SCORE`
 */
export const REFERENCES: Readonly<Record<string, Reference>> = {
  hopper: { random: -20.272305, expert: 3234.3 },
  walker2d: { random: 1.629008, expert: 4592.3 },
  halfcheetah: { random: -280.178953, expert: 12135 },
};

/**
 * (score − random) / (expert − random) of a return: 0 is a random policy, 1 D4RL's expert. Success rates already have
 * such a scale and stay as they are.
 */
export function normalizedScore({ env }: Pick<Compared, "env">, score: number): number {
  const reference = REFERENCES[env];
  if (reference === undefined) return score;
  return (score - reference.random) / (reference.expert - reference.random);
}
