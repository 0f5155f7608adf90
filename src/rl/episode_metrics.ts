/**
 * Returns of the episodes that begin and end within a rollout.
 *
 * @see irom-lab/dppo `agent/finetune/train_*_agent.py`, "summarize episode reward"
 * @module
 */
import type { Rollout } from "./rollout_types.ts";

/** Over all finished episodes of a rollout; 0 where there is none. */
export interface EpisodeMetrics {
  readonly episodes: number;
  /** Mean of the sums of raw rewards. */
  readonly meanReturn: number;
  /** Mean of the best chunk rewards, each divided by the chunk's steps. */
  readonly meanBestReward: number;
  /** Fraction of episodes whose best reward reaches the threshold. */
  readonly successRate: number;
}

/**
 * An episode is counted when its first chunk and the first chunk of its successor lie in the rollout and it
 * has more than one chunk, as in the reference (quirk Q22).
 *
 * @param actSteps steps of a chunk
 * @param successThreshold best reward that counts as success
 */
export function episodeMetrics(
  rollout: Pick<Rollout, "chunks" | "envs" | "first" | "reward">,
  actSteps: number,
  successThreshold: number,
): EpisodeMetrics {
  const finished = finishedEpisodes(rollout);
  if (finished.length === 0) {
    return { episodes: 0, meanReturn: 0, meanBestReward: 0, successRate: 0 };
  }
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const best = finished.map((rewards) => Math.max(...rewards) / actSteps);
  return {
    episodes: finished.length,
    meanReturn: mean(finished.map((rewards) => rewards.reduce((a, b) => a + b, 0))),
    meanBestReward: mean(best),
    successRate: mean(best.map((b) => (b >= successThreshold ? 1 : 0))),
  };
}

/** The chunk rewards of every counted episode. */
function finishedEpisodes(
  { chunks, envs, first, reward }: Pick<Rollout, "chunks" | "envs" | "first" | "reward">,
): number[][] {
  const found: number[][] = [];
  for (let e = 0; e < envs; e++) {
    let start = -1;
    for (let n = 0; n <= chunks; n++) {
      if (first[n * envs + e] === 0) continue;
      if (start >= 0 && n - start > 1) {
        found.push(Array.from({ length: n - start }, (_, i) => reward[(start + i) * envs + e]));
      }
      start = n;
    }
  }
  return found;
}
