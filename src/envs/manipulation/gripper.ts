/**
 * The Panda gripper of robosuite 1.4.1: two fingers on slides, moved by position servos.
 *
 * @module
 */
import { element } from "../mjcf.ts";
import { geom, PASSIVE } from "./geom.ts";

/** Where the fingers stand after a reset, m: left positive, right negative. */
export const INITIAL_FINGERS = [0.020833, -0.020833];

/** How far the grip moves in one engine step. */
const GRIP_SPEED = 0.01;

/**
 * The grip after one engine step: +1 is fully open, −1 fully closed. Only the sign of the action matters, so
 * that full travel takes 8 control steps.
 *
 *   c′ = clip(c − 0.01 · sign(action), −1, 1)
 */
export const nextGrip = (grip: number, action: number): number =>
  Math.min(1, Math.max(-1, grip - GRIP_SPEED * Math.sign(action)));

/** The left finger's target, m; the right finger's is its negative. */
export const fingerTarget = (grip: number): number => 0.02 + 0.02 * grip;

const STEEL = [0.25, 0.26, 0.28, 1], RUBBER = [0.12, 0.12, 0.13, 1];

/** The hand, its two fingers and the tool frame `grip_site`, to be mounted on the last link. */
export const gripperBody = (): string =>
  element(
    "body",
    { name: "right_hand", pos: [0, 0, 0.1065], quat: [0.924, 0, 0, -0.383] },
    element("inertial", { pos: [0, 0, 0], mass: 0.5, diaginertia: [0.05, 0.05, 0.05] }),
    element(
      "body",
      { name: "right_gripper", quat: [0.707107, 0, 0, -0.707107] },
      element("inertial", {
        pos: [0, 0, 0.17],
        quat: [0.707107, 0.707107, 0, 0],
        mass: 0.3,
        diaginertia: [0.09, 0.07, 0.05],
      }),
      geom({
        type: "box",
        size: [0.098, 0.0234, 0.0403],
        pos: [0.0013, 0.0001, 0.0245],
        rgba: [0.8, 0.82, 0.85, 1],
      }),
      element(
        "body",
        { name: "eef", pos: [0, 0, 0.097] },
        element("site", { name: "grip_site" }),
      ),
      fingerBody("left", 1),
      fingerBody("right", -1),
    ),
  );

/** `side` is +1 for the left finger, −1 for the right one, its mirror image in y. */
function fingerBody(name: string, side: 1 | -1): string {
  const joint = side === 1 ? "finger_joint1" : "finger_joint2";
  const metal = { type: "box", rgba: STEEL, condim: 4, ...PASSIVE } as const;
  return element(
    "body",
    { name: `${name}finger`, pos: [0, 0, 0.0524], quat: [0.707107, 0, 0, 0.707107] },
    element("inertial", { pos: [0, 0, 0.05], mass: 0.1, diaginertia: [0.01, 0.01, 0.005] }),
    element("joint", {
      name: joint,
      type: "slide",
      axis: [0, 1, 0],
      range: side === 1 ? [0, 0.04] : [-0.04, 0],
      damping: 100,
      armature: 1,
      frictionloss: 1,
    }),
    geom({ ...metal, size: [0.0088, 0.00715, 0.0099], pos: [0, side * 0.00715, 0.0439] }),
    geom({ ...metal, size: [0.0105, 0.0124, 0.018], pos: [0, side * 0.0134, 0.018] }),
    element(
      "body",
      { name: `${joint}_tip`, pos: [0, side * 0.0085, 0.056] },
      element("inertial", {
        pos: [0, 0, 0],
        quat: [0, 0, 0, 1],
        mass: 0.01,
        diaginertia: [0.01, 0.01, 0.01],
      }),
      geom({
        type: "box",
        size: [0.008, 0.004, 0.008],
        pos: [0, side * -0.005, -0.015],
        quat: [0, 0, 0, 1],
        friction: [2, 0.05, 0.0001],
        solref: [0.01, 0.5],
        rgba: RUBBER,
      }),
    ),
  );
}

/** The two position servos: force = 1000 (target − position), at most 20 N. */
export const gripperServos = (): string =>
  [["finger_joint1", [0, 0.04]], ["finger_joint2", [-0.04, 0]]].map(([joint, ctrlrange]) =>
    element("position", {
      name: `gripper_${joint}`,
      joint: joint as string,
      kp: 1000,
      ctrlrange: ctrlrange as number[],
      forcerange: [-20, 20],
    })
  ).join("");
