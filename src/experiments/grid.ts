/**
 * Which cells a study is made of.
 *
 * @module
 */
import { environments } from "../envs/mod.ts";
import { methods } from "../methods/mod.ts";
import { type Arm, armName, type Cell, type Setting } from "./cell.ts";
import type { Study } from "./studies.ts";

/** What is asked for; absent fields ask for everything. */
export interface Selection {
  /** `hopper`, `hopper/dppo` or `hopper/dppo-adapg`. */
  readonly only?: readonly string[];
  readonly seeds: readonly number[];
}

/**
 * The cells asked for, seed by seed, environment by environment, the arms of a comparison next to each other.
 *
 * @throws {RangeError} when a name matches no cell
 */
export function gridOf(
  { parts }: Study,
  setting: Setting,
  { only = [""], seeds }: Selection,
): Cell[] {
  const all = parts.flatMap(({ envs, methods, arms }) =>
    envs.flatMap((env) => methods.flatMap((method) => arms.map((arm) => ({ env, method, ...arm }))))
  );
  const isIn = (name: string, cell: typeof all[number]) =>
    ["", cell.env, `${cell.env}/${cell.method}`, `${cell.env}/${cell.method}-${armName(cell)}`]
      .includes(name);
  const unknown = only.find((name) => !all.some((cell) => isIn(name, cell)));
  if (unknown !== undefined) throw new RangeError(refusal(unknown, parts.flatMap((p) => p.arms)));
  const chosen = all.filter((cell) => only.some((name) => isIn(name, cell)));
  return seeds.flatMap((seed) => chosen.map((cell) => cellOf(setting, cell, seed)));
}

function cellOf(
  setting: Setting,
  cell: Arm & Pick<Cell, "env" | "method">,
  seed: number,
): Cell {
  const { fidelity = setting.fidelity } = cell.variant;
  return { ...setting, ...cell, fidelity, seed };
}

function refusal(name: string, arms: readonly Arm[]): string {
  const names = (values: Iterable<string>) => [...new Set(values)].join(", ");
  return `Cannot select cells: found ${JSON.stringify(name)}, allowed are ENV, ENV/METHOD and ` +
    `ENV/METHOD-ARM of this study, from ${names(Object.keys(environments))}; ` +
    `${names(Object.keys(methods))}; ${names(arms.map(armName))}`;
}
