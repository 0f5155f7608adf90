/**
 * The environments by name.
 *
 * @module
 */
import type { Engine, Environment, EnvSpec } from "../rl/environment.ts";
import type { Doubles } from "../tensor/tensor.ts";
import type { ArmEngine } from "../rl/arm_simulator.ts";
import { halfcheetah } from "./halfcheetah.ts";
import { hopper } from "./hopper.ts";
import { locomotion, type LocomotionTask } from "./locomotion.ts";
import { armEnvironment, armSpec } from "./manipulation/arm_environment.ts";
import { can } from "./manipulation/can.ts";
import { lift } from "./manipulation/lift.ts";
import { armModel } from "./manipulation/scene.ts";
import { square } from "./manipulation/square.ts";
import type { ArmTask } from "./manipulation/task.ts";
import { walker2d } from "./walker2d.ts";

/** Physics engines by what they move. */
export interface Engines {
  readonly locomotion: Engine;
  readonly manipulation: ArmEngine;
}

/** An environment before it has an engine. Its states are flat arrays. */
export interface EnvironmentEntry {
  readonly spec: EnvSpec;
  open(engines: Engines): Environment<Doubles>;
}

const planar = (task: LocomotionTask): EnvironmentEntry => ({
  spec: task.spec,
  open: (engines) => locomotion(task, engines.locomotion.load(task.mjcf())),
});

const arm = (task: ArmTask): EnvironmentEntry => ({
  spec: armSpec(task),
  open: (engines) => armEnvironment(task, engines.manipulation.load(armModel(task.scene))),
});

/** Every environment of the tables. */
export const environments = {
  hopper: planar(hopper),
  walker2d: planar(walker2d),
  halfcheetah: planar(halfcheetah),
  lift: arm(lift()),
  can: arm(can()),
  square: arm(square()),
} as const satisfies Readonly<Record<string, EnvironmentEntry>>;

/** The name of a registered environment. */
export type EnvName = keyof typeof environments;
