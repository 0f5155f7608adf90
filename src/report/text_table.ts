/**
 * Tables as Markdown, CSV and text for a terminal.
 *
 * @module
 */
import { shownEstimate } from "./numbers.ts";
import type { Summary } from "./summary.ts";

/** Lines of cells, the header first. The first `labels` columns hold words, the others numbers. */
export interface TextTable {
  readonly labels: number;
  readonly lines: readonly (readonly string[])[];
}

/** Markdown with a caption that says how to read it. */
export function markdownTable({ labels, lines }: TextTable, caption: string): string {
  const [header, ...rows] = lines, rule = header.map((_, i) => i < labels ? "---" : "---:");
  const text = [header, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  return `${caption}\n\n${text}\n`;
}

/** Columns padded to equal width. */
export function terminalTable({ labels, lines }: TextTable): string {
  const widths = lines[0].map((_, i) => Math.max(...lines.map((cells) => cells[i].length)));
  const pad = (text: string, i: number) =>
    i < labels ? text.padEnd(widths[i]) : text.padStart(widths[i]);
  return lines.map((cells) => cells.map(pad).join("  ").trimEnd()).join("\n");
}

/** `1434 [1210, 1658]`, or the mean alone where there is no interval. */
export function shownSummary(s: Summary | null, missing: string): string {
  return s === null ? missing : shownEstimate(s.mean, s.interval);
}

/** A summary as CSV columns, numbers in full precision. */
export const summaryColumns = (name: string, s: Summary | null) => ({
  [name]: s?.mean ?? "",
  [`${name}_low`]: s?.interval?.low ?? "",
  [`${name}_high`]: s?.interval?.high ?? "",
  [`${name}_seeds`]: s?.seeds ?? 0,
});
