/**
 * How every task starts and ends.
 *
 * @module
 */
import { visible } from "../src/data/formats/printable.ts";

/**
 * Runs a task and exits with the status it returns (0 when none). An error that says what could not be done
 * becomes one line and status 1; any other is a defect and keeps its stack.
 */
export async function main(task: () => number | void | Promise<number | void>): Promise<never> {
  try {
    Deno.exit(await task() ?? 0);
  } catch (error) {
    const expected = error instanceof Error && /^(Cannot|Usage)/.test(error.message) &&
      !OF_ENGINE.test(error.message);
    console.error(expected ? `error: ${visible(error.message)}` : error);
    Deno.exit(1);
  }
}

/** Defects of which the engine's own message begins like one of ours. */
const OF_ENGINE = /^Cannot (access|assign|convert|destructure|mix|read properties|set properties)/;
