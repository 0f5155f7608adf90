/**
 * A point on a line to be brought to 0 and kept there, in chunks of several steps. Finds errors in the handling of
 * chunks and time limits.
 *
 * @module
 */
import type { Environment } from "../../rl/environment.ts";
import { uniform } from "../../rng/draw.ts";
import type { Doubles } from "../../tensor/tensor.ts";
import { bounded, probeSpec } from "./probe_spec.ts";

/** Distance covered by a full action. */
const STRIDE = 0.5;

/**
 * x′ = x + stride · a with a within ±1, r = −|x′|, from x uniform in [−1, 1]; six steps. The best policy has
 * a = −x / stride and the mean return −1/8; standing still has −3.
 */
export const pointMass: Environment<Doubles> = {
  spec: probeSpec("point mass", { observationSize: 1, actionSize: 1, maxEpisodeSteps: 6 }),
  reset(key) {
    const state = Float64Array.from(uniform(key, [1], -1, 1).data);
    return { state, observation: state };
  },
  step([x], [action]) {
    const state = Float64Array.of(x + STRIDE * bounded(action));
    return { state, observation: state, reward: -Math.abs(state[0]), done: false };
  },
};
