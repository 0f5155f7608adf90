/**
 * A pinhole camera.
 *
 * @module
 */
import type { Doubles } from "../../tensor/tensor.ts";
import type { Triple } from "./solid.ts";

/** Where the camera stands, what it looks at, and its vertical field of view in radians. */
export interface Camera {
  readonly eye: Triple;
  readonly target: Triple;
  readonly fieldOfView: number;
}

/** Unit vectors of the picture: right, down and into it; and pixels per unit of tangent. */
export interface View {
  readonly eye: Triple;
  readonly right: Triple;
  readonly down: Triple;
  readonly into: Triple;
  readonly scale: number;
  readonly width: number;
  readonly height: number;
}

const minus = (a: Triple, b: Triple): Triple => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

/** The scalar product. */
export const dot = (a: Triple, b: Triple): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

const cross = (a: Triple, b: Triple): Triple => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** The vector of length 1 in the direction of v. */
export function unit(v: Triple): Triple {
  const length = Math.hypot(...v);
  return [v[0] / length, v[1] / length, v[2] / length];
}

/** The view of a camera onto a picture of the given size; z is up. */
export function viewOf({ eye, target, fieldOfView }: Camera, width: number, height: number): View {
  const into = unit(minus(target, eye)), right = unit(cross(into, [0, 0, 1]));
  const scale = height / 2 / Math.tan(fieldOfView / 2);
  return { eye, right, down: cross(into, right), into, scale, width, height };
}

/** The direction, one unit deep, that is seen at a picture point. */
export function rayThrough(
  { right, down, into, scale, width, height }: View,
  x: number,
  y: number,
): Triple {
  const a = (x - width / 2) / scale, b = (y - height / 2) / scale;
  return [
    into[0] + a * right[0] + b * down[0],
    into[1] + a * right[1] + b * down[1],
    into[2] + a * right[2] + b * down[2],
  ];
}

/** Pixels from `left` to before `end` and from `top` to before `bottom`. */
export interface Rectangle {
  readonly left: number;
  readonly end: number;
  readonly top: number;
  readonly bottom: number;
}

/** The pixels in which a sphere can be seen. */
export function screenBounds(view: View, [x0, y0, z0]: Doubles, radius: number): Rectangle {
  const { right, down, into, scale, width, height } = view;
  const offset = minus([x0, y0, z0], view.eye), depth = dot(offset, into);
  if (!(depth > 2 * radius)) return { left: 0, end: width, top: 0, bottom: height };
  // The nearest point bounds the apparent size from above.
  const reach = scale * radius / (depth - radius) * 1.1 + 1;
  const x = width / 2 + scale * dot(offset, right) / depth;
  const y = height / 2 + scale * dot(offset, down) / depth;
  return {
    left: Math.max(0, Math.floor(x - reach)),
    end: Math.min(width, Math.ceil(x + reach)),
    top: Math.max(0, Math.floor(y - reach)),
    bottom: Math.min(height, Math.ceil(y + reach)),
  };
}
