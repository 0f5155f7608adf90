/**
 * Rows of measured quantities, as analyses of studies print them.
 *
 * @module
 */
import { shownEstimate, threeDigits } from "../numbers.ts";
import type { Summary } from "../summary.ts";
import { markdownTable } from "../text_table.ts";

/** Words, then quantities; an absent quantity is not defined here. */
export interface MeasureRow {
  readonly labels: readonly string[];
  readonly values: readonly (Summary | number | string | null)[];
}

/** A table with a heading that says what it holds. */
export interface MeasureTable {
  readonly title: string;
  /** How to read it. */
  readonly note: string;
  readonly header: readonly string[];
  readonly rows: readonly MeasureRow[];
}

/** All tables below one title. */
export const measuresMarkdown = (title: string, tables: readonly MeasureTable[]): string =>
  [`# ${title}\n`, ...tables.map(section)].join("\n");

function section(table: MeasureTable): string {
  const { title, note, header } = table, lines = [header, ...measureLines(table)];
  return markdownTable({ labels: labelColumns(table), lines }, `## ${title}\n\n${note}`);
}

/** How many columns hold words. */
export const labelColumns = ({ header, rows }: MeasureTable): number =>
  rows[0]?.labels.length ?? header.length;

/** The rows as texts. */
export const measureLines = ({ rows }: MeasureTable): string[][] =>
  rows.map(({ labels, values }) => [...labels, ...values.map(shown)]);

/** Three digits, and the interval where there is one. */
function shown(value: Summary | number | string | null): string {
  if (value === null) return "–";
  if (typeof value === "string") return value;
  if (typeof value === "number") return threeDigits(value);
  return shownEstimate(value.mean, value.interval, threeDigits);
}
