/**
 * The flags of the tasks that make data.
 *
 * @module
 */
import { integerOf, oneOf } from "./flag_checks.ts";
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
 * @throws {Error} when a flag is unknown, missing or out of range
 */
export function sourceFlags<Name extends string>(
  task: string,
  names: readonly Name[],
): SourceFlags<Name> {
  const usage = `Usage: deno task ${task} --env ${names.join("|")} [--seed 0]`;
  const { env, seed } = flagsOr(usage);
  return { env: oneOf("env", names, env), seed: integerOf("seed", seed, 0) };
}

const OPTIONS = { env: { type: "string" }, seed: { type: "string", default: "0" } } as const;

const flagsOr = (usage: string) =>
  flagValues(Deno.args, OPTIONS, (reason) => new Error(`${usage}: ${reason}`));
