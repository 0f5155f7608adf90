/**
 * What a demonstrator wants at a moment, and the action that goes for it.
 *
 * @module
 */
import type { Doubles } from "../../tensor/tensor.ts";
import { handYaw, type Vector, type View, wrapped } from "./view.ts";

/** A target for the hand, which points down throughout. */
export interface Command {
  readonly position: Vector;
  /** Heading of the axis along which the fingers open, rad. */
  readonly yaw: number;
  readonly grip: "open" | "closed";
  /** Action per metre of error. */
  readonly gain?: number;
  /** Largest action component of the translation. */
  readonly limit?: number;
}

/** How far the hand turns towards a heading at once, so that the shortest way is the intended one. */
const LARGEST_TURN = 1.5;

/** Action per metre and per radian of error. */
const GAIN = 10, TURN_GAIN = 4;

/**
 * The rotation that brings the hand to point down with the given heading, as an axis-angle vector.
 *
 * R = R_desired R_handᵀ;  angle = acos((tr R − 1) / 2),  axis = (R₃₂ − R₂₃, R₁₃ − R₃₁, R₂₁ − R₁₂) / (2 sin angle)
 */
export function turnTo(yaw: number, view: View): Vector {
  const present = handYaw(view);
  const turn = clip(wrapped(yaw - present), LARGEST_TURN);
  const r = differenceTo(pointingDown(present + turn), view.hand);
  const sine: Vector = [(r[7] - r[5]) / 2, (r[2] - r[6]) / 2, (r[3] - r[1]) / 2];
  const length = Math.hypot(...sine);
  if (length < 1e-9) return [0, 0, 0];
  const scale = Math.atan2(length, (r[0] + r[4] + r[8] - 1) / 2) / length;
  return [sine[0] * scale, sine[1] * scale, sine[2] * scale];
}

/** Rotation whose z axis points down and whose y axis has the given heading. */
const pointingDown = (yaw: number): Doubles =>
  Float64Array.of(
    -Math.sin(yaw),
    Math.cos(yaw),
    0,
    Math.cos(yaw),
    Math.sin(yaw),
    0,
    0,
    0,
    -1,
  );

/** A Bᵀ */
const differenceTo = (a: Doubles, b: Doubles): number[] =>
  Array.from({ length: 9 }, (_, at) => {
    const i = 3 * Math.floor(at / 3), j = 3 * (at % 3);
    return a[i] * b[j] + a[i + 1] * b[j + 1] + a[i + 2] * b[j + 2];
  });

/** The number within ±limit that is nearest to `x`. */
export const clip = (x: number, limit: number): number => Math.max(-limit, Math.min(limit, x));

/** The action towards a command; `speed` multiplies the gain and `cap` bounds the translation. */
export function actionFor(command: Command, view: View, speed = 1, cap = 1): Float64Array {
  const gain = speed * (command.gain ?? GAIN), limit = Math.min(cap, command.limit ?? 1);
  const turn = turnTo(command.yaw, view);
  return Float64Array.of(
    ...command.position.map((p, d) => clip(gain * (p - view.tool[d]), limit)),
    ...turn.map((t) => clip(TURN_GAIN * t, 1)),
    command.grip === "open" ? -1 : 1,
  );
}
