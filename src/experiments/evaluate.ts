/**
 * Evaluation episodes, the same for every policy: episode `e` starts from the state at address `e` and meets the
 * noise of row `e`, however long the other episodes run.
 *
 * @module
 */
import type { ChunkEnvironment, ChunkState } from "../rl/multi_step.ts";
import type { Policy } from "../rl/policy.ts";
import { foldIn, type Key } from "../rng/key.ts";
import { type Doubles, type Tensor, tensor } from "../tensor/tensor.ts";

/** One episode from its reset to its end. */
export interface Episode {
  /** Undiscounted sum of raw rewards. */
  readonly return: number;
  /** The largest reward of a chunk divided by the chunk's steps: 1 where every step of it succeeded. */
  readonly bestReward: number;
  /** Control steps. */
  readonly steps: number;
}

/** An episode so far; `state` is absent once it has ended. */
interface Running<S> extends Episode {
  readonly state?: ChunkState<S>;
  readonly observation: Doubles;
}

/** Where evaluation episodes take place. */
export interface EvaluationPlan<S> {
  readonly env: ChunkEnvironment<S>;
  readonly episodes: number;
  /** A: executed steps of a chunk. */
  readonly actSteps: number;
  readonly streams: { readonly resets: Key; readonly act: Key };
}

/** The outcomes of episodes 0 … n − 1 of a policy in evaluation mode. */
export function evaluatePolicy<M, S>(
  policy: Policy<M>,
  state: M,
  { env, episodes, actSteps, streams }: EvaluationPlan<S>,
): Episode[] {
  let running: Running<S>[] = Array.from({ length: episodes }, (_, e) => {
    const start = env.reset(foldIn(streams.resets, e));
    return { return: 0, bestReward: -Infinity, steps: 0, state: start, observation: start.history };
  });
  for (let n = 0; running.some((episode) => episode.state !== undefined); n++) {
    const observation = stack(running.map((episode) => episode.observation));
    const { action } = policy.act(state, observation, foldIn(streams.act, n), "evaluate");
    running = running.map((episode, e) => advance(env, episode, rowOf(action, e), actSteps));
  }
  return running.map(({ return: total, bestReward, steps }) => ({
    return: total,
    bestReward,
    steps,
  }));
}

function advance<S>(
  env: ChunkEnvironment<S>,
  episode: Running<S>,
  actions: Doubles,
  actSteps: number,
): Running<S> {
  if (episode.state === undefined) return episode;
  const { state, reward, steps, terminated, truncated } = env.step(episode.state, actions);
  return {
    return: episode.return + reward,
    bestReward: Math.max(episode.bestReward, reward / actSteps),
    steps: episode.steps + steps,
    state: terminated || truncated ? undefined : state,
    observation: state.history,
  };
}

function stack(rows: readonly Doubles[]): Tensor {
  const data = new Float32Array(rows.length * rows[0].length);
  rows.forEach((row, i) => data.set(row as Float64Array, i * row.length));
  return tensor([rows.length, rows[0].length], data);
}

function rowOf({ shape, data }: Tensor, row: number): Doubles {
  const width = data.length / shape[0];
  return Float64Array.from(data.subarray(row * width, (row + 1) * width));
}
