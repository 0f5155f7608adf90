/**
 * How every task starts and ends.
 *
 * @module
 */

/**
 * Runs a task and exits with the status it returns (0 when none). An error that says what could not be done
 * becomes one line and status 1; any other is a defect and keeps its stack.
 */
export async function main(task: () => number | void | Promise<number | void>): Promise<never> {
  try {
    Deno.exit(await task() ?? 0);
  } catch (error) {
    const expected = error instanceof Error && /^(Cannot|Usage)/.test(error.message);
    console.error(expected ? `error: ${error.message}` : error);
    Deno.exit(1);
  }
}
