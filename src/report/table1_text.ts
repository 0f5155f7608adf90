/**
 * Table I as Markdown, CSV and text for a terminal.
 *
 * @module
 */
import { findingOf, type Table1Row } from "./table1.ts";
import { csv, markdownTable, shownSummary, summaryColumns, terminalTable } from "./text_table.ts";

const HEADER = [
  "environment",
  "method",
  "pre-trained",
  "AdamW",
  "ADAPG",
  "ADAPG − AdamW",
  "seeds",
  "ADAPG better?",
];

/** Markdown with a caption that says how to read it. */
export const table1Markdown = (rows: readonly Table1Row[], caption: string): string =>
  markdownTable(linesOf(rows), caption);

/** Columns padded to equal width. */
export const table1Text = (rows: readonly Table1Row[]): string => terminalTable(linesOf(rows));

const linesOf = (rows: readonly Table1Row[]) => ({
  labels: 2,
  lines: [HEADER, ...rows.map(cellsOf)],
});

/** One line per row, numbers in full precision. */
export const table1Csv = (rows: readonly Table1Row[]): string =>
  csv(rows.map((row) => ({
    environment: row.env,
    method: row.method,
    ...summaryColumns("pretrained", row.pretrained),
    ...summaryColumns("adamw", row.adamw),
    ...summaryColumns("adapg", row.adapg),
    ...summaryColumns("difference", row.difference),
    ...summaryColumns("adamw_gain", row.gains.adamw),
    ...summaryColumns("adapg_gain", row.gains.adapg),
    diverged: row.diverged,
    verdict: row.verdict,
  })));

function cellsOf(row: Table1Row): string[] {
  const seeds = row.difference?.seeds ?? 0;
  const diverged = row.diverged === 0 ? "" : ` (${row.diverged} diverged)`;
  const missing = row.diverged === 0 ? "–" : "diverged";
  return [
    row.env,
    row.method,
    shownSummary(row.pretrained, missing),
    shownSummary(row.adamw, missing),
    shownSummary(row.adapg, missing),
    shownSummary(row.difference, missing),
    `${seeds}${diverged}`,
    findingOf(row),
  ];
}
