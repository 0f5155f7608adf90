/**
 * A physics engine as a torque-controlled arm sees it: feedback acts inside every engine step.
 *
 * @module
 */
import type { Doubles } from "../tensor/tensor.ts";

/**
 * What is known between the velocity stage and the acceleration stage of an engine step. Live views: valid
 * until the simulator is called again. World frame, row-major matrices, quaternions w x y z.
 */
export interface ArmReadings {
  /** Generalised positions [nq] and velocities [nv]; the arm's joints come first. */
  readonly qpos: Doubles;
  readonly qvel: Doubles;
  /** A point on each joint's axis and the axis, three numbers per joint. */
  readonly jointAnchor: Doubles;
  readonly jointAxis: Doubles;
  /**
   * Inertia matrix, the arm's joints first: row i holds M[i][i], M[i][i−1] … M[i][0] (the arm is a serial chain),
   * and starts at i (i + 1) / 2.
   */
  readonly inertia: Doubles;
  /** Gravity, Coriolis and centrifugal forces [nv]. */
  readonly bias: Doubles;
  /** The tool frame: position [3] and rotation [9]. */
  readonly toolPosition: Doubles;
  readonly toolRotation: Doubles;
  readonly handQuaternion: Doubles;
  readonly objectPosition: Doubles;
  readonly objectQuaternion: Doubles;
  /** The controller's own numbers, part of the state: feedback may write them. */
  readonly memory: Float64Array;
}

/** Writes the controls of engine step `substep`, 0 at first, from the readings. */
export type Feedback = (arm: ArmReadings, controls: Float64Array, substep: number) => void;

/** A model text and the names of what is read from it. */
export interface ArmModel {
  readonly xml: string;
  readonly toolSite: string;
  readonly handBody: string;
  readonly objectBody: string;
}

/** Writes the controller's first numbers into `arm.memory`, which is all zeros before. */
export type Remember = (arm: ArmReadings) => void;

/**
 * Loads models of arms.
 *
 * @throws {SyntaxError} when the text is not a model
 */
export interface ArmEngine {
  load(model: ArmModel): ArmSimulator;
}

/**
 * States are the engine's full integration states, warm start included, so that loading one reproduces the
 * future bit for bit.
 */
export interface ArmSimulator {
  readonly stateSize: number;
  readonly nq: number;
  readonly nv: number;
  /** The state with the given positions and velocities, else as after a reset; the readings are exact for it. */
  stateAt(qpos: Doubles, qvel: Doubles, remember?: Remember): Doubles;
  /**
   * The state after `substeps` engine steps under feedback. The readings then are those of the last step: its
   * positions are one integration old, except for `qpos` and `qvel`.
   *
   * @throws {Error} when the engine warns, for example of a state that is not finite or huge
   */
  run(state: Doubles, substeps: number, feedback: Feedback): Doubles;
  readings(): ArmReadings;
  /** Generalised positions of a state, [nq], and its velocities, [nv]. */
  qpos(state: Doubles): Doubles;
  qvel(state: Doubles): Doubles;
}
