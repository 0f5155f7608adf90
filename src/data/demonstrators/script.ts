/**
 * Scripts: what to do, phase after phase, as a generator of commands that is told what happened.
 *
 * @module
 */
import { type Command, turnTo } from "./command.ts";
import { distanceBetween, plus, type Vector, type View } from "./view.ts";

/** Yields a command for every view it is given. Goes on for as long as it is asked. */
export type Script = Generator<Command, never, View>;

/** Part of a script; returns the last view. */
export type Part = Generator<Command, View, View>;

/** Whether a phase asks for precision: near things it does. */
export type Care = "coarse" | "fine";

/** How far from its mark the demonstrator aims in step `step` of a phase. */
export interface Aim {
  offset(step: number): Vector;
  /** While false the phase does not end: the hand is on a detour. */
  settled(step: number): boolean;
}

/** The next phase's aim. */
export type Aiming = (care: Care) => Aim;

/** A phase: commands until something is reached. */
export interface Phase {
  readonly care: Care;
  command(view: View): Command;
  done(view: View, command: Command, step: number): boolean;
}

/** Follows one phase. */
export function* follow(aiming: Aiming, start: View, phase: Phase): Part {
  const aim = aiming(phase.care);
  let view = start;
  for (let step = 0;; step++) {
    const command = phase.command(view);
    const aimed = { ...command, position: plus(command.position, aim.offset(step)) };
    if (aim.settled(step) && phase.done(view, aimed, step)) return view;
    view = yield aimed;
  }
}

/** Done when the tool is within `distance` of its target and turned to within `angle`. */
export const near = (distance: number, angle = Infinity): Phase["done"] => (view, command) =>
  distanceBetween(view.tool, command.position) < distance &&
  Math.hypot(...turnTo(command.yaw, view)) < angle;

/** Done after so many steps. */
export const after = (steps: number): Phase["done"] => (_view, _command, step) => step >= steps;

/** Done when one of the conditions is. */
export const either =
  (...conditions: readonly Phase["done"][]): Phase["done"] => (view, command, step) =>
    conditions.some((condition) => condition(view, command, step));

/** Whether the fingers hold the object, judged by its distance from the tool. */
export const holds = (view: View): boolean => distanceBetween(view.tool, view.object) < HELD;

/** The nut's handle, the furthest held point, is 5.4 cm from its centre. */
const HELD = 0.08;

/** Steps in which the fingers close or open. */
export const GRIP_STEPS = 8;

/** Closes or opens the fingers where the tool is. */
export const gripInPlace = (
  aiming: Aiming,
  view: View,
  yaw: number,
  grip: Command["grip"],
): Part =>
  follow(aiming, view, {
    care: "fine",
    command: () => ({ position: view.tool, yaw, grip }),
    done: after(GRIP_STEPS),
  });
