/**
 * Tables as Markdown, CSV and text for a terminal.
 *
 * @module
 */
import type { Interval } from "../stats/stratified_bootstrap.ts";
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
  if (s === null) return missing;
  return shownEstimate(s.mean, s.interval);
}

/** A number and its interval, where it has one. */
export const shownEstimate = (
  value: number,
  interval: Interval | null,
  format: (x: number) => string = digits,
): string =>
  interval === null
    ? format(value)
    : `${format(value)} [${format(interval.low)}, ${format(interval.high)}]`;

/** A summary as CSV columns, numbers in full precision. */
export const summaryColumns = (name: string, s: Summary | null) => ({
  [name]: s?.mean ?? "",
  [`${name}_low`]: s?.interval?.low ?? "",
  [`${name}_high`]: s?.interval?.high ?? "",
  [`${name}_seeds`]: s?.seeds ?? 0,
});

/** Whole numbers for returns, two decimals for success rates and the like. */
export const digits = (x: number): string =>
  (Math.abs(x) < 10 ? x.toFixed(2) : x.toFixed(0)).replace("-", "−");
