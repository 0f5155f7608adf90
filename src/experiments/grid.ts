/**
 * Which cells a study is made of.
 *
 * @module
 */
import { type Arm, armName, type Cell, type Setting } from "./cell.ts";
import type { Study } from "./studies.ts";

/** What is asked for; absent fields ask for everything. */
export interface Selection {
  /** `hopper`, `hopper/dppo` or `hopper/dppo-adapg`. */
  readonly only?: readonly string[];
  /** Whole numbers from 0. */
  readonly seeds: readonly number[];
}

/**
 * The cells asked for, seed by seed, environment by environment, the arms of a comparison next to each other.
 *
 * @throws {RangeError} when a name matches no cell
 */
export function gridOf(
  study: Study,
  setting: Setting,
  { only, seeds }: Selection,
): Cell[] {
  const all = study.parts.flatMap(({ envs, methods, arms }) =>
    envs.flatMap((env) => methods.flatMap((method) => arms.map((arm) => ({ env, method, ...arm }))))
  );
  const isIn = (name: string, cell: typeof all[number]) => namesOf(cell).includes(name);
  const unknown = only?.find((name) => !all.some((cell) => isIn(name, cell)));
  if (unknown !== undefined) throw new RangeError(refusal(unknown, study));
  const chosen = all.filter((cell) => only?.some((name) => isIn(name, cell)) ?? true);
  return seeds.flatMap((seed) => chosen.map((cell) => cellOf(setting, cell, seed)));
}

/** The names by which a selection can ask for a cell: `hopper`, `hopper/dppo` and `hopper/dppo-adapg`. */
export const namesOf = (cell: Arm & Pick<Cell, "env" | "method">): readonly string[] => [
  cell.env,
  `${cell.env}/${cell.method}`,
  `${cell.env}/${cell.method}-${armName(cell)}`,
];

function cellOf(
  setting: Setting,
  cell: Arm & Pick<Cell, "env" | "method">,
  seed: number,
): Cell {
  const { fidelity = setting.fidelity } = cell.variant;
  return { ...setting, ...cell, fidelity, seed };
}

/** The names that a selection is made of, for each part of a study: `hopper, lift / dppo / adamw, adapg`. */
export const cellNames = ({ parts }: Study): string[] =>
  parts.map(({ envs, methods, arms }) =>
    [envs, methods, arms.map(armName)].map((names) => names.join(", ")).join(" / ")
  );

const refusal = (name: string, study: Study): string =>
  `Cannot select cells: only must be ENV, ENV/METHOD or ENV/METHOD-ARM of ${
    cellNames(study).join(" or of ")
  }, found ${JSON.stringify(name)}`;
