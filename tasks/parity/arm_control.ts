/**
 * Recorded kinematics, dynamics and controller torques of the arm.
 *
 * @module
 */
import { solveInto } from "../../src/envs/manipulation/cholesky.ts";
import { setGoal } from "../../src/envs/manipulation/controller.ts";
import {
  clipTorque,
  type OscScratch,
  oscScratch,
  oscTorque,
  rotationError,
  taskDynamics,
} from "../../src/envs/manipulation/osc.ts";
import { ARM_JOINTS } from "../../src/envs/manipulation/panda.ts";
import { matrixOf } from "../../src/rl/rotation.ts";
import type { ArmReadings } from "../../src/rl/arm_simulator.ts";
import { type ArmRig, dismantle, rigOf, taskOf } from "./arm_rig.ts";
import { type Deviation, distance, flat, quaternionDistance, verdict } from "./limits.ts";
import type { ParityResult } from "./result.ts";

interface Configuration {
  readonly arm_qpos: readonly number[];
  readonly arm_qvel: readonly number[];
  readonly finger_qpos: readonly number[];
}

type Matrix = readonly (readonly number[])[];

interface KinematicsSample extends Configuration {
  readonly grip_site_pos: readonly number[];
  readonly grip_site_quat_wxyz: readonly number[];
  readonly right_hand_quat_xyzw: readonly number[];
  readonly bias_torque: readonly number[];
  readonly jac_site_6x7?: Matrix;
  readonly mass_matrix_7x7?: Matrix;
}

interface OscSample extends Configuration {
  readonly osc_initial_joint: readonly number[];
  readonly prev_goal_ori_mat: Matrix;
  readonly action6: readonly number[];
  readonly ee_pos: readonly number[];
  readonly ee_mat: Matrix;
  readonly ee_linvel: readonly number[];
  readonly ee_angvel: readonly number[];
  readonly goal_pos: readonly number[];
  readonly goal_ori_mat: Matrix;
  readonly ori_error: readonly number[];
  readonly lambda_pos: Matrix;
  readonly lambda_ori: Matrix;
  readonly bias_torque: readonly number[];
  readonly nullspace_torque: readonly number[];
  readonly torque_unclipped: readonly number[];
  readonly torque_clipped: readonly number[];
}

/** A file of samples of one task. */
export interface Samples<S> {
  readonly task: string;
  readonly samples: readonly S[];
}

/** An object high above the table touches nothing that is compared here. */
const OBJECT_AWAY = [0, 0, 3, 1, 0, 0, 0];

function readingsAt({ simulator }: ArmRig, c: Configuration): ArmReadings {
  const qvel = new Float64Array(simulator.nv);
  qvel.set(c.arm_qvel);
  simulator.stateAt(Float64Array.of(...c.arm_qpos, ...c.finger_qpos, ...OBJECT_AWAY), qvel);
  return simulator.readings();
}

/** One result per sample, named by its number. */
function* eachSample<S extends Configuration>(
  name: string,
  { task, samples }: Samples<S>,
  check: (arm: ArmReadings, sample: S) => Deviation[],
): Generator<ParityResult> {
  const rig = rigOf(taskOf(task));
  for (const [i, sample] of samples.entries()) {
    yield verdict(`${name}/${i}`, check(readingsAt(rig, sample), sample));
  }
  dismantle(rig);
}

/** Poses, bias torques, Jacobians and mass matrices. */
export const checkKinematics = (name: string, file: Samples<KinematicsSample>) =>
  eachSample(name, file, (arm, s) => {
    const scratch = oscScratch();
    taskDynamics(arm, scratch);
    const [w, x, y, z] = s.grip_site_quat_wxyz, [hw, hx, hy, hz] = arm.handQuaternion;
    const deviations = [
      {
        quantity: "tool position",
        error: distance(arm.toolPosition, s.grip_site_pos),
        limit: 1e-9,
      },
      {
        quantity: "tool rotation",
        error: distance(arm.toolRotation, matrixOf(w, x, y, z)),
        limit: 1e-9,
      },
      {
        quantity: "hand quaternion",
        error: quaternionDistance([hx, hy, hz, hw], s.right_hand_quat_xyzw),
        limit: 1e-9,
      },
      {
        quantity: "bias torque",
        error: distance(arm.bias.subarray(0, ARM_JOINTS), s.bias_torque),
        limit: 1e-7,
      },
    ];
    return [...deviations, ...dynamicsDeviations(scratch, s)];
  });

function dynamicsDeviations(scratch: OscScratch, s: KinematicsSample): Deviation[] {
  if (s.jac_site_6x7 === undefined || s.mass_matrix_7x7 === undefined) return [];
  const jacobian = s.jac_site_6x7;
  const transposed = jacobian[0].flatMap((_, joint) => jacobian.map((row) => row[joint]));
  return [
    { quantity: "Jacobian", error: distance(scratch.jacobian, transposed), limit: 1e-8 },
    {
      quantity: "mass matrix",
      error: distance(scratch.inertia, flat(s.mass_matrix_7x7)),
      limit: 1e-8,
    },
  ];
}

/** Torques of the first engine step after an action, and every quantity they are made of. */
export const checkOsc = (name: string, file: Samples<OscSample>) =>
  eachSample(name, file, (arm, s) => {
    const rest = Float64Array.from(s.osc_initial_joint);
    const action = Float64Array.from(s.action6);
    const goal = {
      position: new Float64Array(3),
      rotation: Float64Array.from(flat(s.prev_goal_ori_mat)),
    };
    setGoal(goal, arm, action);
    const scratch = oscScratch(), torque = new Float64Array(ARM_JOINTS);
    oscTorque(torque, arm, goal, rest, scratch);
    const clipped = torque.slice();
    clipTorque(clipped);
    // Without a posture task: u = 0 for the rest pose q + (2 √10 / 10) q̇.
    const neutral = rest.map((_, i) => arm.qpos[i] + 2 / Math.sqrt(10) * arm.qvel[i]);
    const bare = new Float64Array(ARM_JOINTS);
    oscTorque(bare, arm, goal, neutral, scratch);
    const turnError = [0, 1, 2].map((d) => rotationError(arm.toolRotation, goal.rotation, d));
    const velocity = velocityOf(arm, scratch);
    const compare = (
      quantity: string,
      found: ArrayLike<number>,
      recorded: readonly number[],
      limit: number,
    ) => ({ quantity, error: distance(found, recorded), limit });
    return [
      compare("tool position", arm.toolPosition, s.ee_pos, 1e-9),
      compare("tool rotation", arm.toolRotation, flat(s.ee_mat), 1e-9),
      compare("linear velocity", velocity.slice(0, 3), s.ee_linvel, 1e-8),
      compare("angular velocity", velocity.slice(3), s.ee_angvel, 1e-8),
      compare("goal position", goal.position, s.goal_pos, 1e-9),
      // One bit of float32.
      compare("goal rotation", goal.rotation, flat(s.goal_ori_mat), 2e-7),
      compare("rotation error", turnError, s.ori_error, 2e-7),
      compare("position inertia", inverse(scratch.taskFactor, 6), flat(s.lambda_pos), 1e-7),
      compare("rotation inertia", inverse(scratch.turnFactor, 3), flat(s.lambda_ori), 1e-7),
      compare("bias torque", arm.bias.subarray(0, ARM_JOINTS), s.bias_torque, 1e-7),
      compare("posture torque", torque.map((t, i) => t - bare[i]), s.nullspace_torque, 1e-4),
      compare("torque", torque, s.torque_unclipped, 1e-4),
      compare("clipped torque", clipped, s.torque_clipped, 1e-4),
    ];
  });

/** The tool's linear and angular velocity, J q̇. */
const velocityOf = (arm: ArmReadings, { jacobian }: OscScratch): number[] =>
  Array.from({ length: 6 }, (_, d) => {
    let sum = 0;
    for (let i = 0; i < ARM_JOINTS; i++) sum += jacobian[6 * i + d] * arm.qvel[i];
    return sum;
  });

/** The inverse of the leading 3 × 3 block from its Cholesky factor. */
const inverse = (factor: Float64Array, n: number): number[] =>
  [0, 1, 2].flatMap((column) => {
    const x = Float64Array.from([0, 1, 2], (i) => Number(i === column));
    solveInto(factor, n, x, 3);
    return [...x];
  });
