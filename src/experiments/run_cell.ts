/**
 * The one loop of every experiment: evaluation and training iterations over a method's three functions.
 *
 * @see irom-lab/dppo `agent/finetune/train_*_agent.py`, `run`
 * @module
 */
import type { Method, Metrics } from "../methods/method.ts";
import { digestOf } from "../provenance/digest.ts";
import { snapshot } from "../provenance/snapshot.ts";
import { episodeMetrics } from "../rl/episode_metrics.ts";
import { collectRollout, type RolloutState } from "../rl/rollout.ts";
import type { VectorEnvironment } from "../rl/vector_environment.ts";
import type { Params } from "../tensor/params.ts";
import { type Divergence, divergenceOf, within } from "./divergence.ts";
import { type Episode, evaluatePolicy, type EvaluationPlan } from "./evaluate.ts";
import type { Streams } from "./streams.ts";

/** How a run is laid out; names are the reference's in camelCase. */
export interface Loop {
  /** Iterations to run, evaluations included. */
  readonly iterations: number;
  /** N: chunks per environment and iteration. */
  readonly nSteps: number;
  /** Every so many iterations, the first included, one evaluates instead of training. */
  readonly valFreq: number;
  /** Begin every training iteration with new episodes. */
  readonly resetAtIteration: boolean;
  /** Also begin the one after an evaluation with new episodes; the reference means to and does not (quirk Q8). */
  readonly resetAfterEvaluation: boolean;
  /** Best reward of an episode that counts as success. */
  readonly bestRewardThresholdForSuccess: number;
  /**
   * Fixed episodes that every evaluation iteration adds: its rollout counts only episodes that end within it, which in
   * short rollouts are the bad ones (quirk Q22).
   */
  readonly curveEpisodes: number;
}

/** A method, its starting point and where it acts. `S` is the method's state, `E` the environment's. */
export interface Trial<S, E> {
  readonly method: Method<S>;
  readonly pretrained: Params;
  readonly env: VectorEnvironment;
  readonly loop: Loop;
  readonly evaluation: EvaluationPlan<E>;
  readonly streams: Streams;
}

/** Everything a run remembers after an iteration. Going on from it equals not having stopped. */
export interface Checkpoint<S> {
  readonly iteration: number;
  readonly state: S;
  /** Where the next rollout goes on. */
  readonly rollouts?: RolloutState;
  readonly record: IterationRecord;
}

/** What an iteration leaves in the logs. */
export interface IterationRecord {
  readonly mode: "evaluate" | "train";
  /** Digest of every array of the rollout. */
  readonly rollout: string;
  readonly metrics: Metrics;
}

/** The end of a run. */
export interface Scores {
  /** Evaluation episodes of the initial state of the method. */
  readonly pretrained: readonly Episode[];
  /** The same episodes after the last iteration; absent when the run diverged. */
  readonly final?: readonly Episode[];
  readonly diverged?: Divergence;
}

/** Runs the iterations that follow `from`, yielding a checkpoint after each, and evaluates the outcome. */
export function* runCell<S, E>(
  trial: Trial<S, E>,
  from?: Checkpoint<S>,
): Generator<Checkpoint<S>, Scores> {
  const { method, pretrained, loop, streams, evaluation } = trial;
  const initial = method.init(pretrained, streams.init);
  let now: Pick<Checkpoint<S>, "iteration" | "state" | "rollouts"> = from ??
    { iteration: -1, state: initial };
  const before = () => evaluatePolicy(method, initial, evaluation);
  try {
    while (now.iteration + 1 < loop.iterations) {
      const next = iterate(trial, now);
      yield next;
      now = next;
    }
    const { state, iteration } = now;
    const final = within("evaluation", iteration, () => evaluatePolicy(method, state, evaluation));
    return { pretrained: before(), final };
  } catch (error) {
    return { diverged: divergenceOf(error), pretrained: before() };
  }
}

function iterate<S, E>(
  trial: Trial<S, E>,
  now: Pick<Checkpoint<S>, "iteration" | "state" | "rollouts">,
): Checkpoint<S> {
  const { method, env, loop, evaluation, streams } = trial;
  const iteration = now.iteration + 1, evaluating = iteration % loop.valFreq === 0;
  const afterEvaluation = now.iteration >= 0 && now.iteration % loop.valFreq === 0;
  const restart = evaluating || loop.resetAtIteration ||
    (afterEvaluation && loop.resetAfterEvaluation);
  const { rollout, next } = within(
    "act",
    iteration,
    () =>
      collectRollout(method, now.state, env, restart ? undefined : now.rollouts, {
        iteration,
        chunks: loop.nSteps,
        mode: evaluating ? "evaluate" : "explore",
        resetKey: streams.resets(iteration),
        actKey: streams.act(iteration),
      }),
  );
  const [state, learned] = evaluating
    ? [now.state, {}]
    : within("update", iteration, () =>
      method.update(now.state, rollout, streams.update(iteration)));
  const { actSteps } = evaluation, threshold = loop.bestRewardThresholdForSuccess;
  return {
    iteration,
    state,
    rollouts: next,
    record: {
      mode: evaluating ? "evaluate" : "train",
      rollout: digestOf(snapshot(rollout).tree),
      metrics: {
        ...episodeMetrics(rollout, actSteps, threshold),
        ...learned,
        ...(evaluating ? curvePoint(trial, state, iteration) : {}),
      },
    },
  };
}

/** The first of the fixed evaluation episodes, averaged: a point of the learning curve. */
function curvePoint<S, E>(
  { method, loop, evaluation }: Trial<S, E>,
  state: S,
  iteration: number,
): Metrics {
  const plan = { ...evaluation, episodes: loop.curveEpisodes };
  const episodes = within("evaluation", iteration, () => evaluatePolicy(method, state, plan));
  const share = (of: (episode: Episode) => number) =>
    episodes.reduce((sum, episode) => sum + of(episode), 0) / episodes.length;
  return {
    curveReturn: share((e) => e.return),
    curveSuccess: share((e) => Number(e.bestReward >= 1)),
  };
}
