/**
 * How each environment's behaviour policy is trained and how much of it is recorded.
 *
 * @module
 */
import type { SourcePpoHyper } from "./source_policy_ppo.ts";

/** Training stops as soon as recent episodes are good enough: a policy of medium quality is wanted. */
export interface SourceSettings {
  readonly envs: number;
  readonly hyper: SourcePpoHyper;
  /** Stop when the mean of the last `recentEpisodes` returns passes this. */
  readonly targetReturn: number;
  readonly recentEpisodes: number;
  /** Give up after so many iterations. */
  readonly maxIterations: number;
  /** Transitions recorded as demonstrations. */
  readonly demonstrationSteps: number;
}

const common = {
  envs: 8,
  hyper: {
    steps: 256,
    epochs: 10,
    batchSize: 256,
    learningRate: 3e-4,
    gamma: 0.99,
    lambda: 0.95,
    clip: 0.2,
    maxGradNorm: 0.5,
    logStd: -0.5,
  },
  recentEpisodes: 40,
  maxIterations: 2000,
  demonstrationSteps: 100_000,
} as const;

/**
 * Targets lead to demonstrations near the mean returns of D4RL's medium data, 1422, 2852 and 4770. The mean of
 * recent episodes lags behind a policy that improves.
 */
export const sourceSettings = {
  hopper: { ...common, targetReturn: 1350 },
  walker2d: { ...common, targetReturn: 2850 },
  halfcheetah: { ...common, targetReturn: 4770 },
} as const satisfies Readonly<Record<string, SourceSettings>>;

/** An environment whose demonstrations come from a policy of our own. */
export type SourceName = keyof typeof sourceSettings;
