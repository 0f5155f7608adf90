/**
 * Environments: a state goes in, a state comes out. The simulator behind one stays an adapter's secret.
 *
 * @module
 */
import type { Key } from "../rng/key.ts";
import type { Doubles } from "../tensor/tensor.ts";

/** What an environment measures and accepts. */
export interface EnvSpec {
  /** As cells, tasks and data name it: `hopper`. */
  readonly name: string;
  /** Do: numbers of an observation. */
  readonly observationSize: number;
  /** Da: numbers of an action, in [−1, 1]. */
  readonly actionSize: number;
  /** Control steps after which an episode is cut. */
  readonly maxEpisodeSteps: number;
  /**
   * Who cuts it: a gym `TimeLimit` inside the normalising wrapper, whose time-outs also count as terminated
   * (reference quirk Q6), or the chunking wrapper, whose time-outs are truncations only.
   */
  readonly timeLimit: "gym" | "wrapper";
  /** Seconds of simulated time per control step. */
  readonly controlTimestep: number;
  /** What evaluation reports: the return of an episode or whether it succeeded. */
  readonly metric: "return" | "success";
}

/**
 * One control step. `timeLimitTruncated` is present exactly when an inner time limit ended the episode, as
 * gym's `TimeLimit.truncated`; it then says that the task itself was not done.
 */
export interface Transition<S> {
  /** After the step. */
  readonly state: S;
  /** Of `state`: [Do], raw. */
  readonly observation: Doubles;
  /** Of the step, in the task's own unit. */
  readonly reward: number;
  /** The episode has ended, by the task or by an inner time limit. */
  readonly done: boolean;
  /** An inner time limit alone ended it. */
  readonly timeLimitTruncated?: boolean;
}

/** One robot and one task, in float64. */
export interface Environment<S> {
  /** Sizes, limits and metric. */
  readonly spec: EnvSpec;
  /** The first state of an episode and its observation, both a function of the key alone. */
  reset(key: Key): { readonly state: S; readonly observation: Doubles };
  /** The state after one action of `spec.actionSize` numbers. */
  step(state: S, action: Doubles): Transition<S>;
}

/**
 * Loads models. One simulator serves any number of environment states of its model.
 *
 * @throws {SyntaxError} when the text is not a model
 */
export interface Engine {
  /**
   * A simulator of one model.
   *
   * @param mjcf MuJoCo's XML
   */
  load(mjcf: string): Simulator;
}

/**
 * A physics engine as environments see it. A state is the engine's full integration state, warm start
 * included, so that loading it reproduces the future bit for bit.
 */
export interface Simulator {
  /** Numbers in a state. */
  readonly stateSize: number;
  /** Generalised positions. */
  readonly nq: number;
  /** Generalised velocities. */
  readonly nv: number;
  /** Controls. */
  readonly nu: number;
  /** The state with the given positions and velocities, everything else as after a reset of the engine. */
  stateAt(qpos: Doubles, qvel: Doubles): Doubles;
  /** The state after `substeps` engine steps with constant controls. Loading is skipped when `state` is the last one saved. */
  step(state: Doubles, control: Doubles, substeps: number): Doubles;
  /** Generalised positions of a state, [nq], in m and rad. */
  qpos(state: Doubles): Doubles;
  /** Generalised velocities of a state, [nv], in m/s and rad/s. */
  qvel(state: Doubles): Doubles;
}
