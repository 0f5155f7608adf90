/**
 * The robot's controller: OSC_POSE for the arm, a sign for the gripper.
 *
 * @see robosuite 1.4.1 `controllers/osc.py`, `models/grippers/panda_gripper.py`
 * @module
 */
import type { ArmReadings, Feedback } from "../../rl/arm_simulator.ts";
import type { Doubles } from "../../tensor/tensor.ts";
import { type ControllerMemory, memoryViews } from "./controller_memory.ts";
import { fingerTarget, nextGrip } from "./gripper.ts";
import { clipTorque, oscScratch, oscTorque, type PoseGoal } from "./osc.ts";
import { ARM_JOINTS } from "./panda.ts";
import { multiply } from "../../rl/rotation.ts";
import { axisAngleMatrix } from "./axis_angle.ts";

/** Metres and radians of an action component of 1. */
const MOVE = 0.05, TURN = 0.5;

const clip = (x: number): number => Math.min(1, Math.max(-1, x));

/** Writes the memory after a reset: hold the present posture and orientation, fingers in the middle. */
export function rememberReset(arm: ArmReadings): void {
  const { rest, goal, grip } = memoryViews(arm.memory);
  rest.set(arm.qpos.subarray(0, ARM_JOINTS) as Float64Array);
  goal.position.set(arm.toolPosition as Float64Array);
  goal.rotation.set(arm.toolRotation as Float64Array);
  grip[0] = 0;
}

/**
 * Moves the goal by an action, relative to the measured pose. Without any rotation the old orientation goal
 * stays.
 *
 * @param action at least 6 numbers, clipped to [−1, 1]: translation and axis-angle rotation in world axes
 */
export function setGoal(goal: PoseGoal, arm: ArmReadings, action: Doubles): void {
  for (let d = 0; d < 3; d++) goal.position[d] = arm.toolPosition[d] + MOVE * clip(action[d]);
  const [x, y, z] = [3, 4, 5].map((d) => TURN * clip(action[d]));
  if (x === 0 && y === 0 && z === 0) return;
  goal.rotation.set(multiply(axisAngleMatrix(x, y, z), arm.toolRotation));
}

const scratch = oscScratch();

/**
 * Feedback for one control step of a 7-number action: six for the pose, one whose sign opens (−) or closes (+)
 * the gripper. The goal is set in the first engine step, torques and finger targets in every one.
 */
export function controlStep(action: Doubles): Feedback {
  let memory: ControllerMemory | undefined;
  return (arm, controls, substep) => {
    memory ??= memoryViews(arm.memory);
    const { rest, goal, grip } = memory;
    if (substep === 0) setGoal(goal, arm, action);
    oscTorque(controls, arm, goal, rest, scratch);
    clipTorque(controls);
    grip[0] = nextGrip(grip[0], action[6]);
    controls[ARM_JOINTS] = fingerTarget(grip[0]);
    controls[ARM_JOINTS + 1] = -fingerTarget(grip[0]);
  };
}
