/**
 * One step, one action, two good places for it. Finds policies that keep a worse mode or settle between the two.
 *
 * @module
 */
import type { Environment } from "../../rl/environment.ts";
import type { Doubles } from "../../tensor/tensor.ts";
import { probeSpec } from "./probe_spec.ts";

/** The modes and what they pay. */
export const MODES = [{ at: 0.5, reward: 1 }, { at: -0.5, reward: 0.4 }] as const;

/** How far from a mode its reward falls to 0. */
const WIDTH = 0.5;

/**
 * r = max over modes of reward · (1 − ((a − at) / width)²), at least 0. The best return is 1, at a = 0.5; a policy that
 * is even between the modes has 0.7.
 */
export const twoModes: Environment<Doubles> = {
  spec: probeSpec("two modes", { observationSize: 1, actionSize: 1, maxEpisodeSteps: 1 }),
  reset: () => ({ state: Float64Array.of(0), observation: Float64Array.of(0) }),
  step(state, [action]) {
    const pays = MODES.map(({ at, reward }) => reward * (1 - ((action - at) / WIDTH) ** 2));
    return { state, observation: state, reward: Math.max(0, ...pays), done: true };
  },
};
