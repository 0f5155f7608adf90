/**
 * The hyperparameters of every method, environment and profile.
 *
 * @module
 */
import type { Fidelity, MethodHyper } from "../methods/hyper.ts";
import type { Arms } from "../methods/learner.ts";
import type { Method } from "../methods/method.ts";
import { createMethod, type HyperOf, type MethodName } from "../methods/mod.ts";
import type { EnvSpec } from "../rl/environment.ts";
import type { Profile } from "./budgets.ts";
import type { Variant } from "./cell.ts";
import { dppoHyperparameters } from "./dppo_hyperparameters.ts";
import {
  dawrHyperparameters,
  dipoHyperparameters,
  dqlHyperparameters,
  idqlHyperparameters,
  qsmHyperparameters,
} from "./replay_hyperparameters.ts";
import { sharedHyperparameters } from "./shared_hyperparameters.ts";

type Shared = ReturnType<typeof sharedHyperparameters>;
type Tables = {
  readonly [N in MethodName]: (
    spec: EnvSpec,
    profile: Profile,
    fidelity: Fidelity,
    shared: Shared,
  ) => HyperOf<N>;
};

const TABLES: Tables = {
  dppo: dppoHyperparameters,
  dipo: dipoHyperparameters,
  idql: idqlHyperparameters,
  dawr: dawrHyperparameters,
  qsm: qsmHyperparameters,
  dql: dqlHyperparameters,
};

/** A method with its configuration. */
export interface ConfiguredMethod {
  readonly hyper: MethodHyper;
  create(arms: Arms): Method<unknown>;
}

/** A method as it runs on an environment. */
export function configure<N extends MethodName>(
  name: N,
  spec: EnvSpec,
  profile: Profile,
  fidelity: Fidelity,
  variant: Variant = {},
): ConfiguredMethod {
  const shared = sharedHyperparameters(spec, profile, fidelity, variant);
  const hyper = TABLES[name](spec, profile, fidelity, shared);
  return { hyper, create: (arms) => createMethod(name, arms, hyper) };
}
