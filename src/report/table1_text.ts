/**
 * Table I as Markdown, CSV and text for a terminal.
 *
 * @module
 */
import { stringify } from "@std/csv";
import type { Summary, Table1Row } from "./table1.ts";

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
export function table1Markdown(rows: readonly Table1Row[], caption: string): string {
  const lines = [HEADER, HEADER.map((_, i) => i < 2 ? "---" : "---:"), ...rows.map(cellsOf)];
  return `${caption}\n\n${lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`;
}

/** Columns padded to equal width. */
export function table1Text(rows: readonly Table1Row[]): string {
  const lines = [HEADER, ...rows.map(cellsOf)];
  const widths = HEADER.map((_, i) => Math.max(...lines.map((cells) => cells[i].length)));
  const pad = (text: string, i: number) =>
    i < 2 ? text.padEnd(widths[i]) : text.padStart(widths[i]);
  return lines.map((cells) => cells.map(pad).join("  ").trimEnd()).join("\n");
}

/** One line per row, numbers in full precision. */
export function table1Csv(rows: readonly Table1Row[]): string {
  const columns = (name: string, s: Summary | null) => ({
    [name]: s?.mean ?? "",
    [`${name}_low`]: s?.interval?.low ?? "",
    [`${name}_high`]: s?.interval?.high ?? "",
    [`${name}_seeds`]: s?.seeds ?? 0,
  });
  const records = rows.map((row) => ({
    environment: row.env,
    method: row.method,
    ...columns("pretrained", row.pretrained),
    ...columns("adamw", row.adamw),
    ...columns("adapg", row.adapg),
    ...columns("difference", row.difference),
    ...columns("gain", row.gain),
    diverged: row.diverged,
    verdict: row.verdict,
  }));
  return stringify(records, { columns: Object.keys(records[0]) }).replaceAll("\r\n", "\n");
}

function cellsOf(row: Table1Row): string[] {
  const seeds = Math.max(row.adamw?.seeds ?? 0, row.adapg?.seeds ?? 0);
  const diverged = row.diverged === 0 ? "" : ` (${row.diverged} diverged)`;
  const missing = row.diverged === 0 ? "–" : "diverged";
  return [
    row.env,
    row.method,
    shown(row.pretrained, missing),
    shown(row.adamw, missing),
    shown(row.adapg, missing),
    shown(row.difference, missing),
    `${seeds}${diverged}`,
    row.verdict,
  ];
}

/** `1434 [1210, 1658]`, or the mean alone where there is no interval. */
function shown(s: Summary | null, missing: string): string {
  if (s === null) return missing;
  const { mean, interval } = s;
  return interval === null
    ? digits(mean)
    : `${digits(mean)} [${digits(interval.low)}, ${digits(interval.high)}]`;
}

/** Whole numbers for returns, two decimals for success rates and the like. */
const digits = (x: number): string =>
  (Math.abs(x) < 10 ? x.toFixed(2) : x.toFixed(0)).replace("-", "−");
