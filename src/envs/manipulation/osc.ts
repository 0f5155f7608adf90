/**
 * Operational-space control of the tool pose, as robosuite's OSC_POSE: decoupled position and orientation,
 * critically damped, with a posture task in the null space.
 *
 *   τ = Jᵀ [Λp F; Λr T] + bias + Nᵀ M u,   N = I − M⁻¹ Jᵀ Λ J
 *   F = 150 ep − kd v,  T = 150 er − kd ω,  u = 10 (q_rest − q) − 2 √10 q̇
 *   Λp = (Jp M⁻¹ Jpᵀ)⁻¹,  Λr = (Jr M⁻¹ Jrᵀ)⁻¹,  Λ = (J M⁻¹ Jᵀ)⁻¹
 *
 * As Nᵀ M u = M u − Jᵀ Λ J u, no inverse is formed: the torque is Jᵀ w + bias + M u with the task force
 * w = [Λp F; Λr T] − Λ J u.
 *
 * @see Khatib 1987; robosuite 1.4.1 `controllers/osc.py`, `utils/control_utils.py`
 * @module
 */
import type { ArmReadings } from "../../rl/arm_simulator.ts";
import type { Doubles } from "../../tensor/tensor.ts";
import { factorInto, forwardInto, solveInto } from "./cholesky.ts";
import { ARM_JOINTS as N, TORQUE_LIMITS } from "./panda.ts";

const KP = 150, KD = 2 * Math.sqrt(KP), KP_NULL = 10, KD_NULL = 2 * Math.sqrt(KP_NULL);

/** Where the tool is to go, in the world: position [3], row-major rotation [9]. */
export interface PoseGoal {
  readonly position: Float64Array;
  readonly rotation: Float64Array;
}

/** Memory for one controller's intermediate results; nothing in it outlives a call. */
export interface OscScratch {
  /** Jacobian, transposed: row i holds joint i's linear and angular velocity of the tool. [7, 6] */
  readonly jacobian: Float64Array;
  /** Inertia matrix, both triangles. [7, 7] */
  readonly inertia: Float64Array;
  /** Its Cholesky factor. */
  readonly inertiaFactor: Float64Array;
  /** L⁻¹ Jᵀ, one column per task direction, stored as rows. [6, 7] */
  readonly whitened: Float64Array;
  /** Cholesky factor of J M⁻¹ Jᵀ [6, 6]; its leading 3 × 3 block is that of the position part. */
  readonly taskFactor: Float64Array;
  /** Cholesky factor of the orientation part. [3, 3] */
  readonly turnFactor: Float64Array;
  readonly posture: Float64Array;
  readonly force: Float64Array;
  readonly turn: Float64Array;
  readonly coupling: Float64Array;
}

/** Fresh memory for {@link oscTorque}. */
export const oscScratch = (): OscScratch => ({
  jacobian: new Float64Array(N * 6),
  inertia: new Float64Array(N * N),
  inertiaFactor: new Float64Array(N * N),
  whitened: new Float64Array(6 * N),
  taskFactor: new Float64Array(36),
  turnFactor: new Float64Array(9),
  posture: new Float64Array(N),
  force: new Float64Array(3),
  turn: new Float64Array(3),
  coupling: new Float64Array(6),
});

/** Writes the unclipped torques [7] that drive the tool to `goal` and the arm to `rest`. */
export function oscTorque(
  torque: Float64Array,
  arm: ArmReadings,
  goal: PoseGoal,
  rest: Doubles,
  s: OscScratch,
): void {
  taskDynamics(arm, s);
  const { posture, force, turn, coupling, jacobian } = s;
  for (let i = 0; i < N; i++) {
    posture[i] = KP_NULL * (rest[i] - arm.qpos[i]) - KD_NULL * arm.qvel[i];
  }
  for (let d = 0; d < 6; d++) coupling[d] = alongTask(jacobian, posture, d);
  solveInto(s.taskFactor, 6, coupling);
  taskForces(arm, goal, s);
  solveInto(s.taskFactor, 6, force, 3);
  solveInto(s.turnFactor, 3, turn);
  for (let i = 0; i < N; i++) {
    let sum = arm.bias[i];
    for (let d = 0; d < 3; d++) {
      sum += jacobian[6 * i + d] * (force[d] - coupling[d]) +
        jacobian[6 * i + 3 + d] * (turn[d] - coupling[3 + d]);
    }
    for (let j = 0; j < N; j++) sum += s.inertia[N * i + j] * posture[j];
    torque[i] = sum;
  }
}

/** Clips torques to the motors' limits, in place. */
export function clipTorque(torque: Float64Array): void {
  for (let i = 0; i < N; i++) {
    torque[i] = Math.min(TORQUE_LIMITS[i], Math.max(-TORQUE_LIMITS[i], torque[i]));
  }
}

/** Entry `d` of J x. */
function alongTask(jacobian: Float64Array, x: Doubles, d: number): number {
  let sum = 0;
  for (let i = 0; i < N; i++) sum += jacobian[6 * i + d] * x[i];
  return sum;
}

/** Fills Jacobian, inertia and their factors from the readings. */
export function taskDynamics(arm: ArmReadings, s: OscScratch): void {
  jacobianInto(s.jacobian, arm);
  inertiaInto(s.inertia, arm.inertia);
  s.inertiaFactor.set(s.inertia);
  factorInto(s.inertiaFactor, N);
  const { whitened, taskFactor, turnFactor } = s;
  for (let d = 0; d < 6; d++) {
    for (let i = 0; i < N; i++) whitened[N * d + i] = s.jacobian[6 * i + d];
    forwardInto(s.inertiaFactor, N, whitened, N * d);
  }
  for (let d = 0; d < 6; d++) {
    for (let e = 0; e <= d; e++) {
      let sum = 0;
      for (let i = 0; i < N; i++) sum += whitened[N * d + i] * whitened[N * e + i];
      taskFactor[6 * d + e] = sum;
      if (e >= 3) turnFactor[3 * (d - 3) + e - 3] = sum;
    }
  }
  factorInto(taskFactor, 6);
  factorInto(turnFactor, 3);
}

/** Joint i moves the tool with axis × (tool − anchor) and turns it about its axis. */
function jacobianInto(out: Float64Array, arm: ArmReadings): void {
  const { jointAnchor, jointAxis, toolPosition } = arm;
  for (let i = 0; i < N; i++) {
    const ax = jointAxis[3 * i], ay = jointAxis[3 * i + 1], az = jointAxis[3 * i + 2];
    const rx = toolPosition[0] - jointAnchor[3 * i];
    const ry = toolPosition[1] - jointAnchor[3 * i + 1];
    const rz = toolPosition[2] - jointAnchor[3 * i + 2];
    out[6 * i] = ay * rz - az * ry;
    out[6 * i + 1] = az * rx - ax * rz;
    out[6 * i + 2] = ax * ry - ay * rx;
    out[6 * i + 3] = ax, out[6 * i + 4] = ay, out[6 * i + 5] = az;
  }
}

/** Unpacks the rows of {@link ArmReadings.inertia} into both triangles. */
function inertiaInto(out: Float64Array, packed: Doubles): void {
  for (let i = 0, at = 0; i < N; i++) {
    for (let j = i; j >= 0; j--, at++) out[N * i + j] = out[N * j + i] = packed[at];
  }
}

/** F and T of the module's equation: errors in pose against velocities. */
function taskForces(arm: ArmReadings, goal: PoseGoal, { jacobian, force, turn }: OscScratch): void {
  for (let d = 0; d < 3; d++) {
    const error = goal.position[d] - arm.toolPosition[d];
    force[d] = KP * error - KD * alongTask(jacobian, arm.qvel, d);
    turn[d] = KP * rotationError(arm.toolRotation, goal.rotation, d) -
      KD * alongTask(jacobian, arm.qvel, 3 + d);
  }
}

/** Entry `d` of er = ½ Σ over columns i of R_i × Rgoal_i. */
export function rotationError(rotation: Doubles, goal: Doubles, d: number): number {
  const a = 3 * ((d + 1) % 3), b = 3 * ((d + 2) % 3);
  let sum = 0;
  for (let i = 0; i < 3; i++) sum += rotation[a + i] * goal[b + i] - rotation[b + i] * goal[a + i];
  return 0.5 * sum;
}
