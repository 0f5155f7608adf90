/**
 * Lift: raise a cube 4 cm above the table.
 *
 * @see robosuite 1.4.1 `environments/manipulation/lift.py`
 * @module
 */
import { table } from "./furniture.ts";
import { cube } from "./objects.ts";
import { toolMinusObject } from "./observation.ts";
import { yawQuaternion } from "../../rl/rotation.ts";
import { type ArmTask, FULL_TURN, uniformIn } from "./task.ts";

const TABLE_TOP = 0.8;

/**
 * The task with a cube of the given half sizes, m. The reference draws each from [0.020, 0.022] when it builds
 * an environment; here all environments share the middle of that range.
 */
export const lift = (halfSize: readonly number[] = [0.021, 0.021, 0.021]): ArmTask => ({
  name: "lift",
  scene: { base: [-0.56, 0, 0.912], furniture: [table(TABLE_TOP)], object: cube(halfSize) },
  observationSize: 19,
  maxEpisodeSteps: 300,
  relativePose: toolMinusObject,
  // The cube starts 1 cm above the table and drops.
  place(key) {
    const [x, y, yaw] = uniformIn(key, [-0.03, 0.03], [-0.03, 0.03], FULL_TURN);
    return [x, y, TABLE_TOP + halfSize[2] + 0.01, ...yawQuaternion(yaw)];
  },
  solved: (arm) => arm.objectPosition[2] > TABLE_TOP + 0.04,
});
