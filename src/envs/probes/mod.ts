/**
 * The probes by name.
 *
 * @module
 */
import type { Environment } from "../../rl/environment.ts";
import type { Doubles } from "../../tensor/tensor.ts";
import { constantReward } from "./constant_reward.ts";
import { pointMass } from "./point_mass.ts";
import { signposts } from "./signposts.ts";
import { twoModes } from "./two_modes.ts";
import { twoSteps } from "./two_steps.ts";

/** Every probe. */
export const probes = {
  twoModes,
  constantReward,
  twoSteps,
  signposts,
  pointMass,
} as const satisfies Readonly<Record<string, Environment<Doubles>>>;

/** The name of a probe. */
export type ProbeName = keyof typeof probes;
