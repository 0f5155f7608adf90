/**
 * Recorded numbers of robosuite's Lift, Can and Square against our models, controller and environments.
 *
 * @module
 */
import { checkKinematics, checkOsc } from "./arm_control.ts";
import { checkConstants } from "./arm_model.ts";
import { checkRollouts, checkSubsteps } from "./arm_motion.ts";
import { checkResets } from "./arm_reset.ts";
import { checkScript } from "./arm_script.ts";
import { checkShapes } from "./arm_shapes.ts";
import { guarded } from "./check.ts";
import type { FolderCheck, ParityResult } from "./result.ts";

// deno-lint-ignore no-explicit-any
type FileCheck = (name: string, file: any, task: string) => Iterable<ParityResult>;

/** Checks by the start of a file's name; the task's name follows it. */
const CHECKS: Readonly<Record<string, FileCheck>> = {
  constants: (name, file, task) => checkConstants(name, task, file),
  kinematics: checkKinematics,
  osc: checkOsc,
  substep: (name, file) => [checkSubsteps(name, file)],
  rollouts: checkRollouts,
  reset: checkResets,
  collision: checkShapes,
  scripted: checkScript,
  // Limits that the checks above state themselves.
  tolerances: () => [],
};

/** Compares every file of the folder. */
export const checkManipulation: FolderCheck = function* (files) {
  for (const [name, file] of Object.entries(files)) {
    const [kind, task] = name.split("_"), check = CHECKS[kind];
    if (check === undefined) yield { status: "UNSUPPORTED", name, detail: `no check for ${kind}` };
    else yield* guarded(name, () => check(name, file, task));
  }
};
