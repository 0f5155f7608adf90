/**
 * The methods of the tables, each with its hyperparameters.
 *
 * @module
 */
import type { Fidelity, MethodHyper } from "../methods/hyper.ts";
import type { Arms } from "../methods/learner.ts";
import type { Method } from "../methods/method.ts";
import { dppo } from "../methods/dppo.ts";
import type { EnvSpec } from "../rl/environment.ts";
import type { Profile } from "./budgets.ts";
import { dppoHyperparameters } from "./dppo_hyperparameters.ts";
import { sharedHyperparameters } from "./shared_hyperparameters.ts";

type Shared = Omit<MethodHyper, "nCriticWarmupItr">;

/** A method with the configuration of one environment and profile. */
export interface ConfiguredMethod {
  readonly hyper: MethodHyper;
  create(arms: Arms): Method<unknown>;
}

type Configure = (spec: EnvSpec, profile: Profile, fidelity: Fidelity) => ConfiguredMethod;

const configured = <H extends MethodHyper, S>(
  method: (arms: Arms, hyper: H) => Method<S>,
  hyperparameters: (spec: EnvSpec, profile: Profile, fidelity: Fidelity, shared: Shared) => H,
): Configure =>
(spec, profile, fidelity) => {
  const shared = sharedHyperparameters(spec, profile);
  const hyper = hyperparameters(spec, profile, fidelity, shared);
  // A method's state is opaque to the loop: it only ever hands back what the same method made.
  return { hyper, create: (arms) => method(arms, hyper) as Method<unknown> };
};

/** Every method of the tables. */
export const methods = {
  dppo: configured(dppo, dppoHyperparameters),
} as const satisfies Readonly<Record<string, Configure>>;

/** The name of a method. */
export type MethodName = keyof typeof methods;
