/**
 * What a run scored, as it is published.
 *
 * @module
 */
import type { EnvSpec } from "../rl/environment.ts";
import type { Divergence } from "./divergence.ts";
import type { Episode } from "./evaluate.ts";
import type { Scores } from "./run_cell.ts";

/** What the episodes of an evaluation are averaged to. */
export type Metric = EnvSpec["metric"];

/** The outcomes of the evaluation episodes of one policy. */
export interface Evaluation {
  /** Mean return, or the share of episodes that succeeded. */
  readonly score: number;
  readonly episodes: readonly Episode[];
}

/** The content of `scores.json`. */
export interface CellScores {
  readonly metric: Metric;
  readonly pretrained: Evaluation;
  /** Null when the run diverged. */
  readonly final: Evaluation | null;
  readonly diverged: Divergence | null;
  /** Scores of the evaluation iterations over their fixed episodes, in order. */
  readonly curve: readonly number[];
}

/** An iteration's line of `metrics.jsonl`, as far as it matters here. */
export interface IterationMetrics {
  readonly mode: "evaluate" | "train";
  /** Of evaluation iterations. */
  readonly curveReturn?: number;
  readonly curveSuccess?: number;
}

/** Where a run ended, with its episodes averaged. */
export function cellScores(
  metric: Metric,
  { pretrained, final, diverged }: Scores,
  metrics: readonly IterationMetrics[],
): CellScores {
  const evaluation = (episodes: readonly Episode[]) => ({
    score: scoreOf(metric, episodes),
    episodes,
  });
  return {
    metric,
    pretrained: evaluation(pretrained),
    final: final === undefined ? null : evaluation(final),
    diverged: diverged ?? null,
    curve: metrics.filter(({ mode }) => mode === "evaluate")
      .map(({ curveReturn, curveSuccess }) => metric === "return" ? curveReturn! : curveSuccess!),
  };
}

/** Mean return, or the share of successes, which are the reference's: one chunk in which every step was rewarded. */
export function scoreOf(metric: Metric, episodes: readonly Episode[]): number {
  const values = episodes.map((e) => metric === "return" ? e.return : Number(e.bestReward >= 1));
  return values.reduce((a, b) => a + b, 0) / values.length;
}

/** The share of episodes in which any step was rewarded, where rewards are successes. */
export const plainSuccess = (episodes: readonly Episode[]): number =>
  episodes.filter((e) => e.return > 0).length / episodes.length;
