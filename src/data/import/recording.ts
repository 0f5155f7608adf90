/**
 * What every layout is read into: recorded steps in the file's units, and the episodes they make up.
 *
 * @module
 */
import { FormatError } from "../../provenance/format_error.ts";
import type { Floating, Matrix, Span } from "./matrix.ts";

/** The layouts that can be imported. */
export type Layout = "robomimic" | "d4rl" | "minari" | "dppo";

/** The rows of one episode, under the name that the file gives it. */
export interface Episode extends Span {
  readonly name: string;
}

/** Episodes whose rows follow one another from row 0 on. */
export function consecutive(
  episodes: readonly { readonly name: string; readonly length: number }[],
): readonly Episode[] {
  let start = 0;
  return episodes.map(({ name, length }) => {
    start += length;
    return { name, start: start - length, length };
  });
}

/**
 * Requires that returns and their mean are finite, whichever rows they are of.
 *
 * @throws {FormatError} when Σ |r| is not
 */
export function requireSum(rewards: Floating, file: string): void {
  let sum = 0;
  for (const reward of rewards) sum += Math.abs(reward);
  if (!Number.isFinite(sum)) throw new FormatError(file, "rewards", "are too large to be summed");
}

/** Rows or episodes that do not enter the data set, and why. */
export interface Dropped {
  readonly what: string;
  readonly why: string;
}

/** The steps of a file in the environment's units. */
export interface Recording {
  readonly layout: Exclude<Layout, "dppo">;
  /** [N, Do]: before each action. */
  readonly observations: Matrix;
  /** [N, Da] */
  readonly actions: Matrix;
  /** [N] */
  readonly rewards: Floating;
  /** [N]: 1 where the file says that the task ended. */
  readonly terminals: Uint8Array;
  readonly episodes: readonly Episode[];
  readonly dropped: readonly Dropped[];
  /** What the file says about itself. */
  readonly origin: Readonly<Record<string, string | number>>;
}

/** Choices of a conversion; each default is what the reference's scripts do. */
export interface ImportOptions {
  /** Use only the first so many episodes. */
  readonly maxEpisodes?: number;
  /** robomimic: use only the demonstrations that `mask/<filterKey>` names. */
  readonly filterKey?: string;
  /**
   * What minimum and maximum are taken over. `reference`: locomotion data, all rows of the file, dropped ones
   * too; robomimic data, the rows used and 0 (quirk Q33). `tight`: exactly the rows used.
   */
  readonly ranges: "reference" | "tight";
  /** `reference`: for robomimic data all false. `recorded`: what the file says. */
  readonly terminals: "reference" | "recorded";
  /** Keep locomotion episodes whose rewards do not sum to more than 0. */
  readonly keepNonpositive: boolean;
  /** Keep locomotion rows at the end that no flag closes, as an episode. */
  readonly keepUnfinished: boolean;
  /** Largest action component, in the environment's units. */
  readonly actionLimit: number;
}

/** The reference's conversion. */
export const REFERENCE_OPTIONS: ImportOptions = {
  ranges: "reference",
  terminals: "reference",
  keepNonpositive: false,
  keepUnfinished: false,
  actionLimit: 1 + 1e-3,
};
