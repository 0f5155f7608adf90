/**
 * The first action decides what the second step pays. Finds values that do not reach back.
 *
 * @module
 */
import type { Environment } from "../../rl/environment.ts";
import type { Doubles } from "../../tensor/tensor.ts";
import { bounded, probeSpec } from "./probe_spec.ts";

/**
 * Observations are [step, outcome]. The first step pays nothing and leads to the outcome a, within ±1; the second pays
 * (1 + outcome) / 2 whatever is done, and the episode ends. The best return is 1, at a first action of 1.
 */
export const twoSteps: Environment<Doubles> = {
  spec: probeSpec("two steps", { observationSize: 2, actionSize: 1, maxEpisodeSteps: 2 }),
  reset: () => ({ state: Float64Array.of(0, 0), observation: Float64Array.of(0, 0) }),
  step([step, outcome], [action]) {
    const next = step === 0 ? Float64Array.of(1, bounded(action)) : Float64Array.of(2, outcome);
    const reward = step === 0 ? 0 : (1 + outcome) / 2;
    return { state: next, observation: next, reward, done: step === 1 };
  },
};
