/**
 * Executes action chunks and stacks observations.
 *
 * @see irom-lab/dppo `env/gym_utils/wrapper/multi_step.py`
 * @module
 */
import type { Key } from "../rng/key.ts";
import type { Doubles } from "../tensor/tensor.ts";
import type { Environment, EnvSpec } from "./environment.ts";
import { type Ending, endingOf, gymTimeLimit } from "./time_limit.ts";

/** An environment's state within an episode, the control steps since its start and what has been seen. */
export interface ChunkState<S> {
  readonly inner: S;
  readonly elapsed: number;
  /** [To · Do]: the last To observations, oldest first, the episode's first one repeated before it. */
  readonly history: Doubles;
}

/** One chunk. Its observation is the history of `state`. */
export interface ChunkStep<S> extends Ending {
  readonly state: ChunkState<S>;
  /** Sum over the executed steps. */
  readonly reward: number;
  /** Executed steps: fewer than the chunk's where the episode ended within. */
  readonly steps: number;
}

/** A chunk after which the next episode has begun if one ended. */
export interface RestartedStep<S> extends ChunkStep<S> {
  /** The history at the end of the episode, where it was truncated. */
  readonly finalObservation?: Doubles;
}

/** An environment that executes chunks. */
export interface ChunkEnvironment<S> {
  readonly spec: EnvSpec;
  readonly observationSteps: number;
  reset(key: Key): ChunkState<S>;
  /** Executes the actions [A · Da] in order until the episode ends. */
  step(state: ChunkState<S>, actions: Doubles): ChunkStep<S>;
}

/** The environment in chunks, its episodes cut as `spec.timeLimit` says. */
export function multiStep<S>(
  env: Environment<S>,
  observationSteps: number,
): ChunkEnvironment<S> {
  const { spec } = env, { maxEpisodeSteps: limit, actionSize } = spec;
  const oneStep = (state: ChunkState<S>, action: Doubles) => {
    const elapsed = state.elapsed + 1;
    const plain = env.step(state.inner, action);
    const transition = spec.timeLimit === "gym" ? gymTimeLimit(plain, elapsed, limit) : plain;
    const history = pushed(state.history, transition.observation);
    return {
      state: { inner: transition.state, elapsed, history },
      reward: transition.reward,
      ...endingOf(transition, elapsed, limit),
    };
  };
  return {
    spec,
    observationSteps,
    reset(key) {
      const { state, observation } = env.reset(key);
      const history = new Float64Array(observationSteps * observation.length);
      for (let i = 0; i < observationSteps; i++) history.set(observation, i * observation.length);
      return { inner: state, elapsed: 0, history };
    },
    step(state, actions) {
      const chunk = actions.length / actionSize;
      let last = oneStep(state, actions.subarray(0, actionSize));
      let { reward } = last, steps = 1;
      while (steps < chunk && !last.terminated && !last.truncated) {
        const at = steps * actionSize;
        last = oneStep(last.state, actions.subarray(at, at + actionSize));
        reward += last.reward;
        steps++;
      }
      return { ...last, reward, steps };
    },
  };
}

/** The history with the oldest observation replaced by the newest. */
function pushed(history: Doubles, observation: Doubles): Doubles {
  if (history.length === observation.length) return observation;
  const out = new Float64Array(history.length);
  out.set(history.subarray(observation.length));
  out.set(observation, history.length - observation.length);
  return out;
}

/** A chunk and, where it ended the episode, the start of the next one at `resetKey()`. */
export function stepAndRestart<S>(
  env: ChunkEnvironment<S>,
  state: ChunkState<S>,
  actions: Doubles,
  resetKey: () => Key,
): RestartedStep<S> {
  const step = env.step(state, actions);
  if (!step.terminated && !step.truncated) return step;
  const restarted = { ...step, state: env.reset(resetKey()) };
  return step.truncated ? { ...restarted, finalObservation: step.state.history } : restarted;
}
