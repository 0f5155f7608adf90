/**
 * Reads command lines.
 *
 * @module
 */
import { parseArgs, type ParseArgsConfig } from "node:util";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Values<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O; strict: true }>
>["values"];

/**
 * The values of flags, without positional arguments.
 *
 * @param fault makes the error of a flag that is unknown or lacks its value
 */
export function flagValues<const O extends Options>(
  args: readonly string[],
  options: O,
  fault: (reason: string) => Error,
): Values<O> {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values as Values<O>;
  } catch (error) {
    throw fault((error as Error).message);
  }
}

/** The error of a command line that points to the task's help. */
export const usageOf = (task: string) => (reason: string): Error =>
  new Error(`Usage: ${reason}; see deno task ${task} --help`);
