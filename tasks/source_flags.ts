/**
 * The flags of the tasks that make data.
 *
 * @module
 */
import { flagValues } from "./flag_values.ts";

/** An environment that the task can work on, and a seed. */
export interface SourceFlags<Name extends string> {
  readonly env: Name;
  readonly seed: number;
}

/**
 * The command line of `deno task <task>`.
 *
 * @param names the environments that the task can work on
 * @throws {Error} with the usage when a flag is unknown, missing or out of range
 */
export function sourceFlags<Name extends string>(
  task: string,
  names: readonly Name[],
): SourceFlags<Name> {
  const usage = `Usage: deno task ${task} --env ${names.join("|")} [--seed 0]`;
  const { env, seed } = flagsOr(usage), name = names.find((n) => n === env);
  if (name === undefined) {
    throw new Error(`${usage}: --env must be one of ${names.join(", ")}, found ${env}`);
  }
  if (!/^\d{1,9}$/.test(seed)) {
    throw new Error(`${usage}: --seed must be an integer, found ${seed}`);
  }
  return { env: name, seed: Number(seed) };
}

const OPTIONS = { env: { type: "string" }, seed: { type: "string", default: "0" } } as const;

const flagsOr = (usage: string) =>
  flagValues(Deno.args, OPTIONS, (reason) => new Error(`${usage}: ${reason}`));
