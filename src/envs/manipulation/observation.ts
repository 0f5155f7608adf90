/**
 * Low-dimensional observations in the order of DPPO's robomimic configurations.
 *
 *   0–2 tool position, 3–6 hand quaternion, 7–8 finger positions, 9–11 object position,
 *   12–15 object quaternion, then the object relative to the hand. Quaternions x y z w.
 *
 * @see irom-lab/dppo `cfg/robomimic`; robosuite 1.4.1 `utils/observables.py`
 * @module
 */
import type { ArmReadings } from "../../rl/arm_simulator.ts";
import { ARM_JOINTS } from "./panda.ts";
import { relativeQuaternion, toFrame } from "../../rl/rotation.ts";

/** The readings that say where hand and object are. */
export type Poses = Pick<
  ArmReadings,
  "toolPosition" | "handQuaternion" | "objectPosition" | "objectQuaternion"
>;

/** The last entries of an observation. */
export type RelativePose = (poses: Poses) => readonly number[];

const xyzw = ([w, x, y, z]: ArrayLike<number> & Iterable<number>): number[] => [x, y, z, w];

const minus = (a: ArrayLike<number>, b: ArrayLike<number>): number[] => [
  a[0] - b[0],
  a[1] - b[1],
  a[2] - b[2],
];

/** Tool minus object, in world axes (Lift). */
export const toolMinusObject: RelativePose = (p) => minus(p.toolPosition, p.objectPosition);

/**
 * The object's position and quaternion in the frame of tool position and hand orientation (Can, Square). Of the
 * two quaternions of a rotation the one with w ≥ 0 is given.
 */
export const objectInHand: RelativePose = (p) => {
  const position = toFrame(p.handQuaternion, minus(p.objectPosition, p.toolPosition));
  const [w, x, y, z] = relativeQuaternion(p.handQuaternion, p.objectQuaternion);
  const sign = w < 0 ? -1 : 1;
  return [...position, sign * x, sign * y, sign * z, sign * w];
};

/** The whole observation. */
export const observe = (arm: ArmReadings, relativePose: RelativePose): Float64Array =>
  Float64Array.of(
    ...arm.toolPosition,
    ...xyzw(arm.handQuaternion),
    arm.qpos[ARM_JOINTS],
    arm.qpos[ARM_JOINTS + 1],
    ...arm.objectPosition,
    ...xyzw(arm.objectQuaternion),
    ...relativePose(arm),
  );
