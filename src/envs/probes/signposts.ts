/**
 * One step whose best action is written in the observation. Finds policies and critics that do not read it.
 *
 * @module
 */
import type { Environment } from "../../rl/environment.ts";
import { uniform } from "../../rng/draw.ts";
import type { Doubles } from "../../tensor/tensor.ts";
import { probeSpec } from "./probe_spec.ts";

/** r = 1 − (a − o / 2)² with o = ±1. The best return is 1, at a = o / 2; a policy that ignores o has at most 0.75. */
export const signposts: Environment<Doubles> = {
  spec: probeSpec("signposts", { observationSize: 1, actionSize: 1, maxEpisodeSteps: 1 }),
  reset(key) {
    const state = Float64Array.of(uniform(key, []).data[0] < 0.5 ? -1 : 1);
    return { state, observation: state };
  },
  step: (state, [action]) => ({
    state,
    observation: state,
    reward: 1 - (action - state[0] / 2) ** 2,
    done: true,
  }),
};
