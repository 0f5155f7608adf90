/**
 * The manipulation tasks on a compiled model, and states of them from recordings.
 *
 * @module
 */
import { mujocoArm } from "../../src/adapters/mujoco_arm.ts";
import { compile, type Machine } from "../../src/adapters/mujoco_engine.ts";
import { armEnvironment } from "../../src/envs/manipulation/arm_environment.ts";
import { can } from "../../src/envs/manipulation/can.ts";
import { memoryViews } from "../../src/envs/manipulation/controller_memory.ts";
import { lift } from "../../src/envs/manipulation/lift.ts";
import { armModel } from "../../src/envs/manipulation/scene.ts";
import { square } from "../../src/envs/manipulation/square.ts";
import type { ArmTask } from "../../src/envs/manipulation/task.ts";
import type { ArmSimulator } from "../../src/rl/arm_simulator.ts";
import type { Environment } from "../../src/rl/environment.ts";
import type { Doubles } from "../../src/tensor/tensor.ts";

/** A task ready to be stepped, with access to the engine behind it. */
export interface ArmRig {
  readonly task: ArmTask;
  readonly machine: Machine;
  readonly simulator: ArmSimulator;
  readonly env: Environment<Doubles>;
}

/** The named task; `cubeHalfSize` is that of Lift's cube. */
export function taskOf(name: string, cubeHalfSize?: readonly number[]): ArmTask {
  switch (name) {
    case "lift":
      return lift(cubeHalfSize);
    case "can":
      return can();
    case "square":
      return square();
  }
  throw new RangeError(`Cannot find task: allowed are lift, can, square, found ${name}`);
}

/** Compiles a task's model. Free it with {@link dismantle}. */
export function rigOf(task: ArmTask): ArmRig {
  const model = armModel(task.scene);
  const machine = compile(model.xml), simulator = mujocoArm(machine, model);
  return { task, machine, simulator, env: armEnvironment(task, simulator) };
}

/** Gives the engine's memory back. */
export function dismantle({ machine }: ArmRig): void {
  machine.data.delete();
  machine.model.delete();
}

/** A recorded state of robot, object and controller. */
export interface RecordedState {
  readonly arm_qpos: readonly number[];
  readonly finger_qpos: readonly number[];
  readonly object_qpos_wxyz: readonly number[];
  readonly arm_qvel: readonly number[];
  readonly finger_qvel: readonly number[];
  readonly object_qvel: readonly number[];
  readonly osc_initial_joint: readonly number[];
  readonly osc_goal_ori_mat: readonly (readonly number[])[];
  readonly gripper_current_action: readonly number[];
}

/** The environment state of a recorded one. */
export function stateOf({ simulator }: ArmRig, s: RecordedState): Doubles {
  const qpos = Float64Array.of(...s.arm_qpos, ...s.finger_qpos, ...s.object_qpos_wxyz);
  const qvel = Float64Array.of(...s.arm_qvel, ...s.finger_qvel, ...s.object_qvel);
  return simulator.stateAt(qpos, qvel, (arm) => {
    const { rest, goal, grip } = memoryViews(arm.memory);
    rest.set(s.osc_initial_joint);
    goal.rotation.set(s.osc_goal_ori_mat.flat());
    grip[0] = s.gripper_current_action[0];
  });
}
