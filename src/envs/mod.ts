/**
 * The environments by name.
 *
 * @module
 */
import type { Engine, Environment, EnvSpec } from "../rl/environment.ts";
import type { Doubles } from "../tensor/tensor.ts";
import { halfcheetah } from "./halfcheetah.ts";
import { hopper } from "./hopper.ts";
import { locomotion, type LocomotionTask } from "./locomotion.ts";
import { walker2d } from "./walker2d.ts";

/** Physics engines by what they move. */
export interface Engines {
  readonly locomotion: Engine;
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

/** Every environment of the tables. */
export const environments = {
  hopper: planar(hopper),
  walker2d: planar(walker2d),
  halfcheetah: planar(halfcheetah),
} as const satisfies Readonly<Record<string, EnvironmentEntry>>;

/** The name of a registered environment. */
export type EnvName = keyof typeof environments;
