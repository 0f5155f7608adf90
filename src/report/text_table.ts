/**
 * Tables as Markdown, CSV and text for a terminal.
 *
 * @module
 */
import { stringify } from "@std/csv";
import { shownEstimate } from "./numbers.ts";
import type { Summary } from "./summary.ts";

/** Lines of cells, the header first. The first `labels` columns hold words, the others numbers. */
export interface TextTable {
  readonly labels: number;
  readonly lines: readonly (readonly string[])[];
}

/** Markdown with a caption that says how to read it. */
export const markdownTable = ({ labels, lines }: TextTable, caption: string): string =>
  `${caption}\n\n${markdownLines(lines, (column) => column >= labels)}\n`;

/** Lines of cells as Markdown, the header first; columns of numbers are aligned on the right. */
export function markdownLines(
  [header, ...rows]: TextTable["lines"],
  isNumber: (column: number) => boolean,
): string {
  const rule = header.map((_, column) => isNumber(column) ? "---:" : "---");
  return [header, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Columns padded to equal width. */
export function terminalTable({ labels, lines }: TextTable): string {
  const widths = lines[0].map((_, i) => Math.max(...lines.map((cells) => cells[i].length)));
  const pad = (text: string, i: number) =>
    i < labels ? text.padEnd(widths[i]) : text.padStart(widths[i]);
  return lines.map((cells) => cells.map(pad).join("  ").trimEnd()).join("\n");
}

/** `1434 [1210, 1658]`, or the mean alone where there is no interval. */
export const shownSummary = (s: Summary | null, missing: string): string =>
  s === null ? missing : shownEstimate(s.mean, s.interval);

/** Records as CSV, a column per field of the first. */
export const csv = (records: readonly Readonly<Record<string, string | number>>[]): string =>
  stringify(records, { columns: Object.keys(records[0]) }).replaceAll("\r\n", "\n");

/** A summary as CSV columns, numbers in full precision. */
export const summaryColumns = (name: string, s: Summary | null) => ({
  [name]: s?.mean ?? "",
  [`${name}_low`]: s?.interval?.low ?? "",
  [`${name}_high`]: s?.interval?.high ?? "",
  [`${name}_seeds`]: s?.seeds ?? 0,
});
