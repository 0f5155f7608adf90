/**
 * Axis-angle rotations with robosuite's rounding.
 *
 * @module
 */
import { matrixOf } from "../../rl/rotation.ts";

/**
 * The rotation about (x, y, z) by its length in radians. Its quaternion and the quaternion's products are
 * rounded to float32 as in robosuite (`axisangle2quat`, `quat2mat`), so that goals agree to the last bits.
 */
export function axisAngleMatrix(x: number, y: number, z: number): Float64Array {
  const angle = Math.sqrt(x * x + y * y + z * z);
  if (angle === 0) return matrixOf(1, 0, 0, 0);
  const s = Math.sin(angle / 2) / angle;
  return roundedMatrixOf(Float32Array.of(Math.cos(angle / 2), x * s, y * s, z * s));
}

function roundedMatrixOf(q: Float32Array): Float64Array {
  const f = Math.fround;
  const [ww, xx, yy, zz] = q.map((c) => c * c);
  const scale = Math.sqrt(2 / f(f(ww + xx) + f(yy + zz)));
  const [w, x, y, z] = q.map((c) => c * scale);
  return Float64Array.of(
    1 - f(y * y) - f(z * z),
    f(f(x * y) - f(z * w)),
    f(f(x * z) + f(y * w)),
    f(f(x * y) + f(z * w)),
    1 - f(x * x) - f(z * z),
    f(f(y * z) - f(x * w)),
    f(f(x * z) - f(y * w)),
    f(f(y * z) + f(x * w)),
    1 - f(x * x) - f(y * y),
  );
}
