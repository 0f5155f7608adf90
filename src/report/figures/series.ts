/**
 * How the arms of a comparison are told apart: by colour and by dashes.
 *
 * @module
 */
import { distinct } from "../cell_score.ts";

/** The look of one arm. */
export interface Series {
  readonly name: string;
  /** A CSS colour that follows the reader's light or dark scheme. */
  readonly colour: string;
  /** An SVG dash pattern; `none` is a solid line. */
  readonly dash: string;
}

const COLOURS = 8;
const DASHES = ["6 3", "none", "2 2", "9 2 2 2", "12 4", "1 3", "4 4", "12 2 2 2 2 2"];

/** One look per arm. AdamW and ADAPG look the same in every figure. */
export const seriesOf = (names: readonly string[]): Series[] =>
  distinct(["adamw", "adapg", ...names])
    .map((name, slot) => ({
      name,
      colour: `var(--series-${slot % COLOURS + 1})`,
      dash: DASHES[slot % DASHES.length],
    }))
    .filter(({ name }) => names.includes(name));
