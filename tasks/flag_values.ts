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
 * The values of flags, without positional arguments. A value is never empty, as that of an unset variable is, and no
 * flag has two.
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
  const known = new Map<string, string>();
  for (const { rawName, value } of tokens.filter((token) => token.kind === "option")) {
    if (value === "") throw fault(`${rawName} must not be empty`);
    const first = known.get(rawName);
    if (first !== undefined && first !== value) {
      throw fault(`${rawName} must have one value, found ${first} and ${value}`);
    }
    if (value !== undefined) known.set(rawName, value);
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
    return parseArgs({
      args: withNegativesJoined(args, options),
      options,
      allowPositionals,
      strict: true,
      tokens: true,
    });
  } catch (error) {
    throw fault(firstSentence((error as Error).message));
  }
}

/** `--seed -1` as `--seed=-1`: the engine calls the first ambiguous, before the flag's own check can speak. */
function withNegativesJoined(args: readonly string[], options: Options): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const last = joined.at(-1), takes = last && options[last.replace(/^--/, "")]?.type === "string";
    if (takes && /^-\d/.test(arg)) joined.splice(-1, 1, `${last}=${arg}`);
    else joined.push(arg);
  }
  return joined;
}

/** What is wrong, without the engine's advice, which takes lines of its own. */
const firstSentence = (text: string): string => text.split(/\.\s/)[0];

/** The error of a command line that points to the task's help. */
export const usageOf = (task: string) => (reason: string): Error =>
  new Error(`Cannot read flags: ${reason}; see deno task ${task} --help`);
