/**
 * Can (PickPlaceCan): move a can from one bin to its quarter of the other and let go.
 *
 * @see robosuite 1.4.1 `environments/manipulation/pick_place.py`
 * @module
 */
import { type Key, split } from "../../rng/key.ts";
import { bin, dividedBin } from "./furniture.ts";
import { CAN } from "./objects.ts";
import { objectInHand } from "./observation.ts";
import { yawQuaternion } from "../../rl/rotation.ts";
import { type ArmTask, FULL_TURN, released, uniformIn } from "./task.ts";

const SOURCE = [0.1, -0.25] as const, TARGET = [0.1, 0.28] as const;

/** Radii of milk, bread, cereal and can, m: all four are placed, then the first three are taken away. */
const RADII = [0.025, 0.03, 0.04, 0.025];

interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** A disc uniform in the source bin, drawn again while it touches one of `others`. */
function placeDisc(key: Key, radius: number, others: readonly Disc[]): Disc {
  const [now, later] = split(key);
  const reachX = 0.145 - radius, reachY = 0.195 - radius;
  const [dx, dy] = uniformIn(now, [-reachX, reachX], [-reachY, reachY]);
  const disc = { x: SOURCE[0] + dx, y: SOURCE[1] + dy, radius };
  const touches = others.some((o) => Math.hypot(o.x - disc.x, o.y - disc.y) <= o.radius + radius);
  return touches ? placeDisc(later, radius, others) : disc;
}

/** Where the can goes: last of four discs that do not touch. */
function placeCan(key: Key): Disc {
  const discs: Disc[] = [];
  split(key, RADII.length).forEach((k, i) => discs.push(placeDisc(k, RADII[i], discs)));
  return discs[discs.length - 1];
}

/** The task. */
export const can = (): ArmTask => ({
  name: "can",
  scene: {
    base: [-0.5, -0.1, 0.912],
    furniture: [bin(...SOURCE), dividedBin(...TARGET)],
    object: CAN,
  },
  observationSize: 23,
  maxEpisodeSteps: 300,
  relativePose: objectInHand,
  place(key) {
    const [where, heading] = split(key);
    const { x, y } = placeCan(where), [yaw] = uniformIn(heading, FULL_TURN);
    return [x, y, 0.86, ...yawQuaternion(yaw)];
  },
  solved(arm) {
    const [x, y, z] = arm.objectPosition;
    return x > 0.1 && x < 0.295 && y > 0.28 && y < 0.525 && z > 0.8 && z < 0.9 && released(arm);
  },
});
