/**
 * A study's table as Markdown, CSV and text for a terminal.
 *
 * @module
 */
import type { StudyRow } from "./study_table.ts";
import {
  csv,
  markdownTable,
  shownSummary,
  summaryColumns,
  terminalTable,
  type TextTable,
} from "./text_table.ts";

/** The columns of a study's table. */
export const STUDY_HEADER = [
  "environment",
  "method",
  "arm",
  "pre-trained",
  "fine-tuned",
  "minus pre-trained",
  "minus first arm",
  "seeds",
  "diverged",
];

/** Markdown with a caption that says how to read it. */
export const studyMarkdown = (rows: readonly StudyRow[], caption: string): string =>
  markdownTable(tableOf(rows), caption);

/** Columns padded to equal width. */
export const studyText = (rows: readonly StudyRow[]): string => terminalTable(tableOf(rows));

/** One line per row, numbers in full precision. */
export const studyCsv = (rows: readonly StudyRow[]): string =>
  csv(rows.map((row) => ({
    environment: row.env,
    method: row.method,
    arm: row.arm,
    ...summaryColumns("pretrained", row.pretrained),
    ...summaryColumns("final", row.final),
    ...summaryColumns("gain", row.gain),
    ...summaryColumns("difference", row.difference),
    diverged: row.diverged,
  })));

const tableOf = (rows: readonly StudyRow[]): TextTable => ({
  labels: 3,
  lines: [STUDY_HEADER, ...rows.map(lineOf)],
});

const lineOf = (row: StudyRow): string[] => [
  row.env,
  row.method,
  row.arm,
  ...studyNumbers(row),
];

/** The columns that hold numbers, as words. */
export const studyNumbers = (row: StudyRow): string[] => [
  shownSummary(row.pretrained, "–"),
  shownSummary(row.final, "diverged"),
  shownSummary(row.gain, "–"),
  shownSummary(row.difference, "–"),
  String(row.final?.seeds ?? 0),
  String(row.diverged),
];
