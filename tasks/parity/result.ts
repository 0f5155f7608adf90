/**
 * What a parity check says about one case.
 *
 * @module
 */

/** One line of the report. */
export interface ParityResult {
  readonly status: "PASS" | "FAIL" | "UNSUPPORTED";
  readonly name: string;
  /** The worst array and its error, or why the case failed or was declined. */
  readonly detail: string;
}

/**
 * Checks a sub-folder whose files are JSON (`locomotion/`, `manipulation/`), given as parsed values under
 * their file names without `.json`.
 */
export type FolderCheck = (files: Readonly<Record<string, unknown>>) => Iterable<ParityResult>;
