/**
 * Demonstrations from a behaviour policy, recorded as D4RL records them.
 *
 * @module
 */
import type { Environment } from "../rl/environment.ts";
import { gymTimeLimit } from "../rl/time_limit.ts";
import { address, type Key } from "../rng/key.ts";
import type { Doubles } from "../tensor/tensor.ts";
import { tensor } from "../tensor/tensor.ts";
import type { RawReplay } from "./dataset.ts";

/** One action for one observation. */
export type Behaviour = (observation: Doubles, key: Key) => Doubles;

/**
 * Exactly `steps` transitions of episode after episode; the last one may stay unfinished. Actions are clipped to
 * [−1, 1] before they are executed and stored.
 */
export function recordDemonstrations<S>(
  env: Environment<S>,
  behaviour: Behaviour,
  steps: number,
  key: Key,
): RawReplay {
  const { observationSize, actionSize, maxEpisodeSteps } = env.spec;
  const observations = new Float32Array(steps * observationSize);
  const actions = new Float32Array(steps * actionSize);
  const rewards = new Float32Array(steps);
  const terminals = new Uint8Array(steps), timeouts = new Uint8Array(steps);
  for (let episode = 0, row = 0; row < steps; episode++) {
    const episodeKey = address(key, episode);
    let { state, observation } = env.reset(address(episodeKey, "reset"));
    for (let elapsed = 0, done = false; !done && row < steps; row++) {
      const action = clipped(behaviour(observation, address(episodeKey, "act", elapsed)));
      const plain = env.step(state, Float64Array.from(action));
      const transition = gymTimeLimit(plain, ++elapsed, maxEpisodeSteps);
      observations.set(observation, row * observationSize);
      actions.set(action, row * actionSize);
      rewards[row] = transition.reward;
      terminals[row] = plain.done ? 1 : 0;
      timeouts[row] = transition.timeLimitTruncated ? 1 : 0;
      ({ state, observation, done } = transition);
    }
  }
  return {
    observations: tensor([steps, observationSize], observations),
    actions: tensor([steps, actionSize], actions),
    rewards,
    terminals,
    timeouts,
  };
}

/** float32, as it is stored: replaying the record gives the same states. */
const clipped = (action: Doubles): Float32Array =>
  Float32Array.from(action, (a) => Math.min(1, Math.max(-1, a)));
