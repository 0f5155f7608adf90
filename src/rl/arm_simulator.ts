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
  /** Generalised positions [nq], in m and rad; the arm's joints come first. */
  readonly qpos: Doubles;
  /** Generalised velocities [nv], in m/s and rad/s, in the same order. */
  readonly qvel: Doubles;
  /** A point on each joint's axis, three numbers per joint, in m. */
  readonly jointAnchor: Doubles;
  /** Each joint's axis, of length 1, three numbers per joint. */
  readonly jointAxis: Doubles;
  /**
   * Inertia matrix, the arm's joints first: row i holds M[i][i], M[i][i−1] … M[i][0] (the arm is a serial chain),
   * and starts at i (i + 1) / 2.
   */
  readonly inertia: Doubles;
  /** Gravity, Coriolis and centrifugal forces [nv], in N and N m. */
  readonly bias: Doubles;
  /** Position of the tool frame [3], in m. */
  readonly toolPosition: Doubles;
  /** Rotation of the tool frame [9]. */
  readonly toolRotation: Doubles;
  /** Rotation of the hand [4]. */
  readonly handQuaternion: Doubles;
  /** Position of the object [3], in m. */
  readonly objectPosition: Doubles;
  /** Rotation of the object [4]. */
  readonly objectQuaternion: Doubles;
  /** The controller's own numbers, part of the state: feedback may write them. */
  readonly memory: Float64Array;
}

/** Writes the controls of engine step `substep`, 0 at first, from the readings. */
export type Feedback = (arm: ArmReadings, controls: Float64Array, substep: number) => void;

/** A model text and the names of what is read from it. */
export interface ArmModel {
  /** MuJoCo's XML. */
  readonly xml: string;
  /** The site whose frame is the tool's. */
  readonly toolSite: string;
  /** The body whose rotation is the hand's. */
  readonly handBody: string;
  /** The body that is to be moved. */
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
  /** A simulator for any number of states of one model. */
  load(model: ArmModel): ArmSimulator;
}

/**
 * States are the engine's full integration states, warm start included, so that loading one reproduces the
 * future bit for bit.
 */
export interface ArmSimulator {
  /** Numbers in a state. */
  readonly stateSize: number;
  /** Generalised positions. */
  readonly nq: number;
  /** Generalised velocities. */
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
  /** What the last call left; see {@link ArmReadings}. */
  readings(): ArmReadings;
  /** Generalised positions of a state, [nq]. */
  qpos(state: Doubles): Doubles;
  /** Generalised velocities of a state, [nv]. */
  qvel(state: Doubles): Doubles;
}
