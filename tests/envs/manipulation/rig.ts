/** The three tasks on MuJoCo, and action sequences for them. */
import { mujocoArm } from "../../../src/adapters/mujoco_arm.ts";
import { compile } from "../../../src/adapters/mujoco_engine.ts";
import { armEnvironment } from "../../../src/envs/manipulation/arm_environment.ts";
import { can } from "../../../src/envs/manipulation/can.ts";
import { lift } from "../../../src/envs/manipulation/lift.ts";
import { armModel } from "../../../src/envs/manipulation/scene.ts";
import { square } from "../../../src/envs/manipulation/square.ts";
import type { ArmTask } from "../../../src/envs/manipulation/task.ts";
import { uniform } from "../../../src/rng/draw.ts";
import { address, key } from "../../../src/rng/key.ts";

function rigOf(task: ArmTask) {
  const model = armModel(task.scene), machine = compile(model.xml);
  const simulator = mujocoArm(machine, model);
  return { task, simulator, env: armEnvironment(task, simulator) };
}

/** One rig per task. */
export const rigs = [lift(), can(), square()].map(rigOf);

/** `n` actions uniform in [−1, 1]⁷. */
export function randomActions(seed: number, n: number): Float64Array[] {
  const values = uniform(address(key(seed), "test actions"), [n, 7], -1, 1).data;
  return Array.from({ length: n }, (_, i) => Float64Array.from(values.subarray(7 * i, 7 * i + 7)));
}
