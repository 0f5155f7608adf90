/**
 * A manipulation observation as a demonstrator sees it.
 *
 * @module
 */
import { matrixOf } from "../../rl/rotation.ts";
import type { Doubles } from "../../tensor/tensor.ts";

/** A point or a displacement, m. */
export type Vector = readonly [x: number, y: number, z: number];

/** Where hand and object are, in the world. */
export interface View {
  readonly tool: Vector;
  /** Rotation of the hand, row-major [9]; its y axis is the direction in which the fingers open. */
  readonly hand: Doubles;
  readonly object: Vector;
  /** Heading of the object's x axis, rad. */
  readonly objectYaw: number;
}

const vectorAt = (o: Doubles, at: number): Vector => [o[at], o[at + 1], o[at + 2]];

/** The first sixteen entries of the observation of any of the tasks. */
export function viewOf(observation: Doubles): View {
  const rotationAt = (at: number) =>
    matrixOf(observation[at + 3], observation[at], observation[at + 1], observation[at + 2]);
  const object = rotationAt(12);
  return {
    tool: vectorAt(observation, 0),
    hand: rotationAt(3),
    object: vectorAt(observation, 9),
    objectYaw: Math.atan2(object[3], object[0]),
  };
}

/** Heading of the axis along which the fingers open, rad. */
export const handYaw = ({ hand }: View): number => Math.atan2(hand[4], hand[1]);

/** The angle itself plus the multiple of `period` that brings it closest to zero. */
export const wrapped = (angle: number, period = 2 * Math.PI): number =>
  angle - period * Math.round(angle / period);

/** The sum of two vectors. */
export const plus = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];

/** The point `height` above `p`. */
export const above = (p: Vector, height: number): Vector => [p[0], p[1], p[2] + height];

/** The distance of two points. */
export const distanceBetween = (a: Vector, b: Vector): number =>
  Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
