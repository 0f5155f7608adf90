/**
 * Which cells a table is made of.
 *
 * @module
 */
import { environments, type EnvName } from "../envs/mod.ts";
import { ARMS, type Cell, type Setting } from "./cell.ts";
import { type MethodName, methods } from "../methods/mod.ts";

/** What is asked for; absent fields ask for everything. */
export interface Selection {
  /** `hopper`, `hopper/dppo` or `hopper/dppo-adapg`. */
  readonly only?: readonly string[];
  readonly seeds: readonly number[];
}

const ENVS = Object.keys(environments) as EnvName[];
const METHODS = Object.keys(methods) as MethodName[];

/**
 * The cells asked for, environment by environment, the two arms of a pair next to each other.
 *
 * @throws {RangeError} when a name matches no cell
 */
export function gridOf(setting: Setting, { only = [""], seeds }: Selection): Cell[] {
  const arms = ENVS.flatMap((env) =>
    METHODS.flatMap((method) => ARMS.map((optimizer) => ({ env, method, optimizer })))
  );
  const isIn = (name: string, { env, method, optimizer }: typeof arms[number]) =>
    ["", env, `${env}/${method}`, `${env}/${method}-${optimizer}`].includes(name);
  const unknown = only.find((name) => !arms.some((arm) => isIn(name, arm)));
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot select cells: found ${JSON.stringify(unknown)}, allowed are ENV, ENV/METHOD and ` +
        `ENV/METHOD-OPTIMIZER of ${ENVS.join(", ")}; ${METHODS.join(", ")}; ${ARMS.join(", ")}`,
    );
  }
  const chosen = arms.filter((arm) => only.some((name) => isIn(name, arm)));
  return seeds.flatMap((seed) => chosen.map((arm) => ({ ...setting, ...arm, seed })));
}
