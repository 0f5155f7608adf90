/**
 * What makes a manipulation task: a scene, where the object starts and when it is solved.
 *
 * @module
 */
import type { ArmReadings } from "../../rl/arm_simulator.ts";
import { uniform } from "../../rng/draw.ts";
import type { Key } from "../../rng/key.ts";
import type { RelativePose } from "./observation.ts";
import type { Scene } from "./scene.ts";

/** Position [3] and quaternion w x y z [4] of the object. */
export type Placement = readonly number[];

/** One task for one arm. */
export interface ArmTask {
  readonly name: string;
  readonly scene: Scene;
  readonly observationSize: number;
  readonly maxEpisodeSteps: number;
  readonly relativePose: RelativePose;
  /** Where the object starts. */
  place(key: Key): Placement;
  /** Whether the task is solved in the state that the readings show. */
  solved(arm: ArmReadings): boolean;
}

/** Numbers uniform between the given bounds, one per pair. */
export function uniformIn(key: Key, ...bounds: readonly (readonly [number, number])[]): number[] {
  const units = uniform(key, [bounds.length]).data;
  return bounds.map(([low, high], i) => low + units[i] * (high - low));
}

/** Bounds of an angle without preference. */
export const FULL_TURN = [0, 2 * Math.PI] as const;

/** Beyond this distance between tool and object, m, the gripper counts as having let go: 1 − tanh(10 d) < 0.6. */
const LET_GO = Math.atanh(0.4) / 10;

/** Whether the object has been let go. */
export function released({ toolPosition: t, objectPosition: o }: ArmReadings): boolean {
  return Math.hypot(t[0] - o[0], t[1] - o[1], t[2] - o[2]) > LET_GO;
}
