/**
 * Environments that differ from those a policy was trained in: noisy observations, late actions, other dynamics.
 *
 * Dynamics are changed in the model; noise and delay are wrapped around an environment. Rewards stay those of the true
 * state and of the executed action.
 *
 * @module
 */
import type { Environment } from "../rl/environment.ts";
import { normal } from "../rng/draw.ts";
import { address, foldIn, type Key } from "../rng/key.ts";
import type { Doubles } from "../tensor/tensor.ts";
import { scaledModel } from "./scaled_model.ts";
import type { LocomotionTask } from "./locomotion.ts";

/** What is changed; absent fields change nothing. */
export interface Perturbation {
  /** Standard deviation of normal noise on every observed number, in the units of the wrapped environment. */
  readonly observationNoise?: number;
  /** Control steps that pass before an action is executed; the motors rest until then. */
  readonly latency?: number;
  /** Factors on every mass and inertia, on sliding friction and on the motors' gears. */
  readonly mass?: number;
  readonly friction?: number;
  readonly gear?: number;
}

/** A task with other dynamics. */
export const withDynamics = (
  task: LocomotionTask,
  { mass = 1, friction = 1, gear = 1 }: Perturbation,
): LocomotionTask => ({
  ...task,
  mjcf: (physics) => scaledModel(task.mjcf(physics), { mass, friction, gear }),
});

/** A state, and what a perturbation remembers beside it. */
export interface Noisy<S> {
  readonly inner: S;
  /** Of the episode's noise; folded with the step. */
  readonly noise: Key;
  readonly step: number;
}

/** The environment whose observations carry noise, an episode's own from its reset key. */
export function withNoise<S>(env: Environment<S>, deviation: number): Environment<Noisy<S>> {
  const seen = (observation: Doubles, noise: Key, step: number): Doubles => {
    const { data } = normal(foldIn(noise, step), [observation.length]);
    return Float64Array.from(observation, (x, i) => x + deviation * data[i]);
  };
  return {
    spec: env.spec,
    reset(key) {
      const noise = address(key, "observation noise"), { state, observation } = env.reset(key);
      return {
        state: { inner: state, noise, step: 0 },
        observation: seen(observation, noise, 0),
      };
    },
    step({ inner, noise, step: before }, action) {
      const { state, observation, ...rest } = env.step(inner, action), step = before + 1;
      return {
        ...rest,
        state: { inner: state, noise, step },
        observation: seen(observation, noise, step),
      };
    },
  };
}

/** A state and the actions on their way, oldest first. */
export interface Delayed<S> {
  readonly inner: S;
  readonly waiting: readonly Doubles[];
}

/**
 * The environment in which every action is executed `latency` steps after it was given, zeros before that.
 *
 * @throws {RangeError} unless `latency` is a non-negative integer
 */
export function withLatency<S>(env: Environment<S>, latency: number): Environment<Delayed<S>> {
  if (!Number.isInteger(latency) || latency < 0) {
    throw new RangeError(
      `Cannot delay actions: latency must be an integer of at least 0, found ${latency}`,
    );
  }
  const rest = () => new Float64Array(env.spec.actionSize);
  return {
    spec: env.spec,
    reset(key) {
      const { state, observation } = env.reset(key);
      return {
        state: { inner: state, waiting: Array.from({ length: latency }, rest) },
        observation,
      };
    },
    step({ inner, waiting }, action) {
      const [due, ...later] = [...waiting, action], { state, ...outcome } = env.step(inner, due);
      return { ...outcome, state: { inner: state, waiting: later } };
    },
  };
}
