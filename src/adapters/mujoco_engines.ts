/**
 * MuJoCo for every registered environment.
 *
 * @module
 */
import { mujocoArmEngine } from "./mujoco_arm.ts";
import { mujocoEngine } from "./mujoco_simulator.ts";

/** The engines that `environments[name].open` takes. */
export const mujocoEngines = { locomotion: mujocoEngine, manipulation: mujocoArmEngine };
