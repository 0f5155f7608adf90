/**
 * Square (NutAssemblySquare): put a square nut over the square peg and let go.
 *
 * @see robosuite 1.4.1 `environments/manipulation/nut_assembly.py`
 * @module
 */
import { PEGS, table } from "./furniture.ts";
import { SQUARE_NUT } from "./objects.ts";
import { objectInHand } from "./observation.ts";
import { yawQuaternion } from "../../rl/rotation.ts";
import { type ArmTask, FULL_TURN, released, uniformIn } from "./task.ts";

const TABLE_TOP = 0.82, [PEG_X, PEG_Y] = PEGS[0].pos;

/** The task. */
export const square = (): ArmTask => ({
  name: "square",
  scene: {
    base: [-0.56, 0, 0.912],
    furniture: [table(TABLE_TOP), ...PEGS],
    object: SQUARE_NUT,
  },
  observationSize: 23,
  maxEpisodeSteps: 400,
  relativePose: objectInHand,
  // The nut starts 6 cm above where it will lie and drops.
  place(key) {
    const [x, y, yaw] = uniformIn(key, [-0.115, -0.11], [0.11, 0.225], FULL_TURN);
    return [x, y, 0.89, ...yawQuaternion(yaw)];
  },
  solved(arm) {
    const [x, y, z] = arm.objectPosition;
    return Math.abs(x - PEG_X) < 0.03 && Math.abs(y - PEG_Y) < 0.03 && z < TABLE_TOP + 0.05 &&
      released(arm);
  },
});
