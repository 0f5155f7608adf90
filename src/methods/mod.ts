/**
 * The methods by name.
 *
 * @module
 */
import { dawr } from "./dawr.ts";
import { dipo } from "./dipo.ts";
import { dppo } from "./dppo.ts";
import { dql } from "./dql.ts";
import { idql } from "./idql.ts";
import type { Arms } from "./learner.ts";
import type { Method } from "./method.ts";
import { qsm } from "./qsm.ts";

/** Every method. */
export const methods = { dppo, dipo, idql, dawr, qsm, dql } as const;

/** The name of a registered method. */
export type MethodName = keyof typeof methods;

/** The configuration of a registered method. */
export type HyperOf<N extends MethodName> = Parameters<typeof methods[N]>[1];

/** The method of a name with an arm's optimizers. */
export function createMethod<N extends MethodName>(
  name: N,
  arms: Arms,
  hyper: HyperOf<N>,
): Method<unknown> {
  const create = methods[name] as (arms: Arms, hyper: HyperOf<N>) => Method<unknown>;
  return create(arms, hyper);
}
