/**
 * The flags of the tasks that make data.
 *
 * @module
 */
import { integerOf, oneOf } from "./flag_checks.ts";
import { flagValues, HELP_OPTION, usageOf } from "./flag_values.ts";

/** An environment that the task can work on, and a seed. */
export interface SourceFlags<Name extends string> {
  readonly env: Name;
  readonly seed: number;
}

/**
 * The command line of `deno task <task>`.
 *
 * @param names the environments that the task can work on
 * @returns undefined where the help is asked for
 * @throws {Error} when a flag is unknown, missing or out of range
 */
export function sourceFlags<Name extends string>(
  task: string,
  names: readonly Name[],
): SourceFlags<Name> | undefined {
  const { env, seed, help } = flagValues(Deno.args, OPTIONS, usageOf(task));
  if (help) return undefined;
  return { env: oneOf("env", names, env), seed: integerOf("seed", seed, 0) };
}

const OPTIONS = {
  env: { type: "string" },
  seed: { type: "string", default: "0" },
  ...HELP_OPTION,
} as const;
