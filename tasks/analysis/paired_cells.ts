/**
 * Trained cells of arms that share an environment and a seed.
 *
 * @module
 */
import { armName, cellPath } from "../../src/experiments/cell.ts";
import type { EnvName } from "../../src/envs/mod.ts";
import type { TrainedCell } from "./trained_cells.ts";

/** One cell per arm. */
export interface Paired<A extends string> {
  readonly name: string;
  readonly env: EnvName;
  readonly seed: number;
  readonly arms: Readonly<Record<A, TrainedCell>>;
}

/** The complete pairs in order of first appearance, and the cells that are in none, with the reason. */
export function pairsOf<A extends string>(
  cells: readonly TrainedCell[],
  arms: readonly A[],
): { readonly pairs: readonly Paired<A>[]; readonly single: readonly string[] } {
  const name = ({ cell: { env, method, seed } }: TrainedCell) => `${env}/${method}/seed-${seed}`;
  const trained = cells.filter(({ scores }) => scores.final !== null);
  const groups = [...Map.groupBy(trained, name)].map(([name, own]) => {
    const found = arms.map((arm) => [arm, own.find(({ cell }) => armName(cell) === arm)] as const);
    const { env, seed } = own[0].cell;
    return { name, env, seed, arms: Object.fromEntries(found) as Record<A, TrainedCell> };
  });
  const pairs = groups.filter((group) => arms.every((arm) => group.arms[arm] !== undefined));
  const used = new Set(pairs.flatMap((pair) => arms.map((arm) => pair.arms[arm])));
  const single = cells.filter((cell) => !used.has(cell)).map((cell) => {
    const reason = cell.scores.final === null ? "it diverged" : "the other arm is not here";
    return `${cellPath(cell.cell)}: ${reason}`;
  });
  return { pairs, single };
}

/**
 * Checks that a policy evaluated anew scores what was published of it.
 *
 * @throws {Error} when it does not
 */
export function requirePublished({ scores }: TrainedCell, found: number, name: string): void {
  const expected = scores.final?.score;
  if (found === expected) return;
  throw new Error(
    `Cannot analyse ${name}: its kept policy must score ${expected}, found ${found}`,
  );
}
