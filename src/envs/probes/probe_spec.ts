/**
 * What the probes have in common: tiny environments whose best policies and values are known exactly.
 *
 * @module
 */
import type { EnvSpec } from "../../rl/environment.ts";

/** The spec of a probe; its unit of time is the step. */
export const probeSpec = (
  name: string,
  sizes: Pick<EnvSpec, "observationSize" | "actionSize" | "maxEpisodeSteps">,
): EnvSpec => ({ name, ...sizes, timeLimit: "wrapper", controlTimestep: 1, metric: "return" });

/** A number within [−1, 1]. */
export const bounded = (x: number): number => Math.min(1, Math.max(-1, x));
