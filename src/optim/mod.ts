/**
 * The optimizers by name.
 *
 * @module
 */
import { adam } from "./adam.ts";
import { adamw } from "./adamw.ts";
import { adapg } from "./adapg.ts";
import { adaptiveAdapg } from "./adaptive_adapg.ts";
import type { Optimizer } from "./optimizer.ts";
import { rmsprop } from "./rmsprop.ts";
import { sgd } from "./sgd.ts";

/** Every optimizer; readings B and C of ADAPG are settings of `adapg`. */
export const optimizers = { sgd, rmsprop, adam, adamw, adapg, adaptive: adaptiveAdapg } as const;

/** The name of a registered optimizer. */
export type OptimizerName = keyof typeof optimizers;

/**
 * The optimizer of a name and hyperparameters that come from a file or a command line.
 *
 * @throws {RangeError} when the name is unknown, or a hyperparameter is unknown, missing or out of range
 */
export function optimizerOf(name: string, options: Readonly<Record<string, unknown>>): Optimizer {
  if (!Object.hasOwn(optimizers, name)) {
    const known = Object.keys(optimizers).join(", ");
    throw new RangeError(
      `Cannot create optimizer: found ${JSON.stringify(name)}, known are ${known}`,
    );
  }
  const create = optimizers[name as OptimizerName] as unknown as (options: unknown) => Optimizer;
  return create(options);
}
