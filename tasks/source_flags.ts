/**
 * The flags of the tasks that make data.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { type SourceName, sourceSettings } from "../src/data/source_settings.ts";

/** An environment with demonstrations of our own and a seed. */
export interface SourceFlags {
  readonly env: SourceName;
  readonly seed: number;
}

/** @throws {Error} with the usage when a flag is unknown, missing or out of range */
export function sourceFlags(task: string): SourceFlags {
  const names = Object.keys(sourceSettings);
  const usage = `Usage: deno task ${task} --env ${names.join("|")} [--seed 0]`;
  const { env, seed } = flagsOr(usage);
  if (env === undefined || !names.includes(env)) {
    throw new Error(`${usage}: --env must be one of ${names.join(", ")}, found ${env}`);
  }
  if (!/^\d{1,9}$/.test(seed)) {
    throw new Error(`${usage}: --seed must be an integer, found ${seed}`);
  }
  return { env: env as SourceName, seed: Number(seed) };
}

function flagsOr(usage: string) {
  try {
    const options = { env: { type: "string" }, seed: { type: "string", default: "0" } } as const;
    return parseArgs({ args: Deno.args, options, strict: true }).values;
  } catch (error) {
    throw new Error(`${usage}: ${(error as Error).message}`, { cause: error });
  }
}
