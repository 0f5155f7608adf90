/**
 * Table I with its figure.
 *
 * @module
 */
import { cellName } from "../cell_score.ts";
import { auditCommand, type StudyEvidence, tablePath } from "../evidence.ts";
import { estimatesPanel, type Line } from "../figures/estimates.ts";
import { seriesOf } from "../figures/series.ts";
import { normalizedScore } from "../normalized_score.ts";
import type { Figure, Section, Table, Text } from "../page/blocks.ts";
import { paragraph } from "../page/blocks.ts";
import type { Summary } from "../summary.ts";
import type { Table1Row } from "../table1.ts";
import { shownSummary } from "../text_table.ts";
import { cellTitle, envTitle } from "./names.ts";

/** Both arms of every cell. */
export const table1Section = (evidence: StudyEvidence, rows: readonly Table1Row[]): Section => ({
  id: "table1",
  title: "Table I: AdamW and ADAPG side by side",
  blocks: [
    paragraph(
      "Scores are those of the last policy over fixed evaluation episodes: mean return, or success rate on Lift, " +
        "Can and Square. The seed is the unit of replication: means over seeds with 95 % Student t intervals. The " +
        "difference pairs the arms by seed. The verdict is on “ADAPG is better here” and needs three seeds; an " +
        "interval that holds 0 is inconclusive.",
    ),
    table1Table(evidence, rows),
    differencesFigure(evidence, rows),
  ],
});

const HEADER = [
  "environment",
  "method",
  "pre-trained",
  "AdamW",
  "ADAPG",
  "ADAPG − AdamW",
  "AdamW − pre-trained",
  "seeds",
  "ADAPG better?",
  "replay",
];

const table1Table = (evidence: StudyEvidence, rows: readonly Table1Row[]): Table => ({
  kind: "table",
  caption: `Table I, profile ${evidence.setting.profile}, budget ${evidence.setting.budget}`,
  labels: 2,
  header: HEADER,
  rows: rows.map((row) => [
    envTitle(row.env),
    row.method.toUpperCase(),
    shownSummary(row.pretrained, "–"),
    shownSummary(row.adamw, "–"),
    shownSummary(row.adapg, "–"),
    shownSummary(row.difference, "–"),
    shownSummary(row.gain, "–"),
    seedsOf(row),
    verdictOf(row),
    [{ code: auditCommand(evidence, cellName(row)) }],
  ]),
});

function seedsOf({ difference, diverged }: Table1Row): string {
  const seeds = String(difference?.seeds ?? 0);
  return diverged === 0 ? seeds : `${seeds} (${diverged} diverged)`;
}

const verdictOf = ({ verdict }: Table1Row): Text =>
  verdict === "inconclusive" ? verdict : [{ strong: verdict }];

/** Differences on one scale. */
function differencesFigure(evidence: StudyEvidence, rows: readonly Table1Row[]): Figure {
  const lines = rows.filter(({ difference }) => difference !== null).map(lineOf);
  const title = "ADAPG − AdamW in normalised scores";
  return {
    kind: "figure",
    title,
    caption:
      "Differences of both arms with 95 % t intervals, on one scale: returns as shares of the way from D4RL’s " +
      "random to its expert policy, success rates as they are. Right of the line ADAPG is ahead. The axis ends at twice " +
      "the largest difference; wider intervals are cut there.",
    legend: [],
    panels: lines.length === 0 ? [] : [
      estimatesPanel(
        {
          title,
          description: lines.map(({ label, value }) => `${label}: ${value.toFixed(3)}`).join("; ") +
            ".",
        },
        lines,
        { label: "difference", reference: 0, domain: domainOf(lines) },
      ),
    ],
    file: `${tablePath(evidence)}/figure.svg`,
  };
}

function lineOf(row: Table1Row): Line {
  const { mean, interval } = row.difference as Summary;
  const scaled = (x: number) => normalizedScore(row, x) - normalizedScore(row, 0);
  return {
    label: cellTitle(cellName(row)),
    value: scaled(mean),
    interval: interval && { low: scaled(interval.low), high: scaled(interval.high) },
    colour: seriesOf(["adapg"])[0].colour,
  };
}

function domainOf(lines: readonly Line[]): readonly [number, number] {
  const end = 2 * Math.max(0.05, ...lines.map(({ value }) => Math.abs(value)));
  return [-end, end];
}
