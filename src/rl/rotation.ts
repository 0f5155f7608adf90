/**
 * Rotations: row-major matrices [9], unit quaternions w x y z.
 *
 * @module
 */
import type { Doubles } from "../tensor/tensor.ts";

/** A turn by `yaw` radians about the z axis, as a quaternion. */
export const yawQuaternion = (yaw: number): readonly number[] => [
  Math.cos(yaw / 2),
  0,
  0,
  Math.sin(yaw / 2),
];

/** The quaternion p̄ q: the rotation q as seen from the frame p. */
export function relativeQuaternion(p: ArrayLike<number>, q: ArrayLike<number>): number[] {
  const [pw, px, py, pz] = [p[0], -p[1], -p[2], -p[3]], [qw, qx, qy, qz] = [q[0], q[1], q[2], q[3]];
  return [
    pw * qw - px * qx - py * qy - pz * qz,
    pw * qx + px * qw + py * qz - pz * qy,
    pw * qy - px * qz + py * qw + pz * qx,
    pw * qz + px * qy - py * qx + pz * qw,
  ];
}

/** The vector v, given in the world, in the frame of the quaternion q. */
export function toFrame(q: ArrayLike<number>, v: readonly number[]): number[] {
  const r = matrixOf(q[0], q[1], q[2], q[3]);
  return [0, 1, 2].map((i) => r[i] * v[0] + r[3 + i] * v[1] + r[6 + i] * v[2]);
}

/** The rotation matrix of a unit quaternion. */
export function matrixOf(w: number, x: number, y: number, z: number): Float64Array {
  return Float64Array.of(
    1 - 2 * (y * y + z * z),
    2 * (x * y - w * z),
    2 * (x * z + w * y),
    2 * (x * y + w * z),
    1 - 2 * (x * x + z * z),
    2 * (y * z - w * x),
    2 * (x * z - w * y),
    2 * (y * z + w * x),
    1 - 2 * (x * x + y * y),
  );
}

/** The product A B of two rotation matrices. */
export function multiply(a: Doubles, b: Doubles): Float64Array {
  const out = new Float64Array(9);
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) {
      out[3 * i + j] = a[3 * i] * b[j] + a[3 * i + 1] * b[3 + j] + a[3 * i + 2] * b[6 + j];
    }
  }
  return out;
}
