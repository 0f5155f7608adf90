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

/** The flags of a task that has none of its own. */
export const HELP_OPTION = { help: { type: "boolean", default: false } } as const;

/**
 * The values of flags, without positional arguments. A value is never empty, as that of an unset variable is.
 *
 * @param fault makes the error of a flag that is unknown or lacks its value
 */
export const flagValues = <const O extends Options>(
  args: readonly string[],
  options: O,
  fault: (reason: string) => Error,
): Values<O> => read(args, options, fault, false).values;

/** The values of flags and, apart from them, the positional arguments; `fault` as in {@link flagValues}. */
export const flagsAndNames = <const O extends Options>(
  args: readonly string[],
  options: O,
  fault: (reason: string) => Error,
): { readonly values: Values<O>; readonly names: readonly string[] } =>
  read(args, options, fault, true);

function read<const O extends Options>(
  args: readonly string[],
  options: O,
  fault: (reason: string) => Error,
  allowPositionals: boolean,
) {
  const { values, positionals, tokens } = parsed(args, options, fault, allowPositionals);
  for (const { rawName, value } of tokens.filter((token) => token.kind === "option")) {
    if (value === "") throw fault(`${rawName} must not be empty`);
  }
  return { values: values as Values<O>, names: positionals };
}

function parsed<const O extends Options>(
  args: readonly string[],
  options: O,
  fault: (reason: string) => Error,
  allowPositionals: boolean,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals, strict: true, tokens: true });
  } catch (error) {
    throw fault(firstSentence((error as Error).message));
  }
}

/** What is wrong, without the engine's advice, which takes lines of its own. */
const firstSentence = (text: string): string => text.split(/\.\s/)[0];

/** The error of a command line that points to the task's help. */
export const usageOf = (task: string) => (reason: string): Error =>
  new Error(`Cannot read flags: ${reason}; see deno task ${task} --help`);
