/**
 * Pays 1 for every step, whatever is done, and never ends by itself. Finds wrong value targets.
 *
 * @module
 */
import type { Environment } from "../../rl/environment.ts";
import type { Doubles } from "../../tensor/tensor.ts";
import { probeSpec } from "./probe_spec.ts";

/** The value of every state and action is A / (1 − γ) for chunks of A steps discounted by γ. */
export const constantReward: Environment<Doubles> = {
  spec: probeSpec("constant reward", { observationSize: 1, actionSize: 1, maxEpisodeSteps: 1e6 }),
  reset: () => ({ state: Float64Array.of(0), observation: Float64Array.of(0) }),
  step: (state) => ({ state, observation: state, reward: 1, done: false }),
};
