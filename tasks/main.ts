/**
 * How every task starts and ends.
 *
 * @module
 */
import { visible } from "../src/data/formats/printable.ts";

/**
 * Runs a task and exits with the status it returns (0 when none). An error that says what could not be done, or that
 * nothing more can be printed, becomes one line; any other is a defect and keeps its stack.
 *
 * @param failure the status after an error
 */
export async function main(
  task: () => number | void | Promise<number | void>,
  failure = 1,
): Promise<never> {
  try {
    requireSlashes();
    Deno.exit(await task() ?? 0);
  } catch (error) {
    console.error(messageOf(error) ?? error);
    Deno.exit(failure);
  }
}

/** The line for an error that is no defect. */
function messageOf(error: unknown): string | undefined {
  if (isExpected(error)) return `error: ${visible(error.message)}`;
  // Files that cannot be written are named by errors of our own; what is printed has none.
  return isOfFullDisk(error) ? `error: Cannot print: ${error.message}` : undefined;
}

const isOfFullDisk = (error: unknown): error is Error =>
  error instanceof Error && (error as { readonly code?: unknown }).code === "ENOSPC";

/** Paths are part of manifests and digests, and are compared as texts. */
function requireSlashes(): void {
  if (Deno.build.os !== "windows") return;
  throw new Error(
    "Cannot run on Windows: names of files would differ from those published; use WSL2",
  );
}

/** Whether an error says what could not be done; any other is a defect. */
export const isExpected = (error: unknown): error is Error =>
  error instanceof Error && /^Cannot/.test(error.message) && !OF_ENGINE.test(error.message);

/** Defects of which the engine's own message begins like one of ours. */
const OF_ENGINE = /^Cannot (access|assign|convert|destructure|mix|read properties|set properties)/;
