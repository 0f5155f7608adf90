/**
 * Table I with its figure.
 *
 * @module
 */
import { cellName, distinct } from "../cell_score.ts";
import { MIN_SEEDS } from "../comparisons.ts";
import { auditCommand, scoresOf, type StudyEvidence, tablePath } from "../evidence.ts";
import { estimatesPanel, type Line } from "../figures/estimates.ts";
import type { Limits } from "../figures/interval_marks.ts";
import { seriesOf } from "../figures/series.ts";
import { normalizedScore } from "../normalized_score.ts";
import { shownEstimate, thousandths } from "../numbers.ts";
import type { Figure, Section, Table } from "../page/blocks.ts";
import { paragraph } from "../page/blocks.ts";
import type { Summary } from "../summary.ts";
import { findingOf, isUndecidable, type Table1Row } from "../table1.ts";
import { shownSummary } from "../text_table.ts";
import { envTitle, shownVerdict } from "./names.ts";
import { plainSuccessTable } from "./plain_success.ts";

/** Both arms of every cell. */
export const table1Section = (evidence: StudyEvidence, rows: readonly Table1Row[]): Section => ({
  id: "table1",
  title: "Table I: AdamW and ADAPG side by side",
  blocks: [
    paragraph(
      "Scores are those of the last policy over fixed evaluation episodes: mean return, or success rate on Lift, " +
        "Can and Square. The seed is the unit of replication: mean returns have 95 % Student t intervals over seeds. " +
        "Success rates have 95 % Wilson intervals, over the episodes of all seeds or by Student’s t over seeds, " +
        "whichever is wider. Differences pair by seed, with t intervals for either score. A t interval speaks of other " +
        "seeds on these episodes, Wilson’s of other episodes like these as well; seeds share their episodes and tend to " +
        "succeed on the same ones, which makes Wilson’s over all episodes somewhat too narrow (reading notes, 9). The " +
        "verdict is on “ADAPG is better here” and needs three seeds; an interval that holds 0 is inconclusive, as are " +
        "differences that are all equal.",
    ),
    table1Table(evidence, rows),
    paragraph(startOf(evidence)),
    ...plainSuccessTable(scoresOf(evidence)),
    ...differencesFigure(evidence, rows),
  ],
});

/** Why the pre-trained column has so few intervals. */
function startOf({ runs }: StudyEvidence): string {
  const episodes = distinct(runs.map(({ score }) => score.episodes)).join(" or ");
  return `In an environment all seeds start from one pre-trained policy and share the ${episodes} evaluation episodes, so ` +
    "its return has no interval over seeds. IDQL chooses among that policy’s actions by a critic that is drawn anew with each seed, " +
    "so its start differs by seed.";
}

const HEADER = [
  "environment",
  "method",
  "pre-trained",
  "AdamW",
  "ADAPG",
  "ADAPG − AdamW",
  "seeds",
  "ADAPG better?",
  "AdamW − pre-trained",
  "ADAPG − pre-trained",
  "replay",
];

const table1Table = (evidence: StudyEvidence, rows: readonly Table1Row[]): Table => ({
  kind: "table",
  caption: `Table I, profile ${evidence.setting.profile}, budget ${evidence.setting.budget}`,
  numbers: [2, 10],
  header: HEADER,
  rows: rows.map((row) => [
    envTitle(row.env),
    row.method.toUpperCase(),
    shownSummary(row.pretrained, "–"),
    shownSummary(row.adamw, "–"),
    shownSummary(row.adapg, "–"),
    shownSummary(row.difference, "–"),
    seedsOf(row),
    shownVerdict(findingOf(row)),
    shownSummary(row.gains.adamw, "–"),
    shownSummary(row.gains.adapg, "–"),
    [{ code: auditCommand(evidence, cellName(row)) }],
  ]),
});

function seedsOf({ difference, diverged }: Table1Row): string {
  const seeds = String(difference?.seeds ?? 0);
  return diverged === 0 ? seeds : `${seeds} (${diverged} diverged)`;
}

/** Differences on one scale, environment by environment; nothing where no arms share a finished seed. */
function differencesFigure(evidence: StudyEvidence, rows: readonly Table1Row[]): Figure[] {
  const compared = rows.filter(({ difference }) => difference !== null);
  if (compared.length === 0) return [];
  const domain = domainOf(compared.map(lineOf));
  return [{
    kind: "figure",
    title: "ADAPG − AdamW in normalised scores",
    caption:
      "Differences of both arms in normalised scores with 95 % t intervals: returns as shares of the way from D4RL’s " +
      "random to its expert policy, success rates as they are. Right of the line ADAPG is ahead. A ring decides " +
      `nothing: it has fewer than ${MIN_SEEDS} seeds, or no interval because its seeds all differ by the same. An ` +
      "arrowhead marks an interval that goes on beyond the axis, which all panels share and which ends at twice the " +
      `largest difference, or at ${2 * LEAST_END} where that is more.`,
    legend: [],
    panels: [...Map.groupBy(compared, ({ env }) => env)].map(([env, own]) =>
      differencesPanel(env, own.map(lineOf), domain)
    ),
    file: `${tablePath(evidence)}/figure.svg`,
  }];
}

function differencesPanel(env: string, lines: readonly Line[], domain: Limits) {
  const title = `${envTitle(env)}: ADAPG − AdamW`;
  const values = lines.map(({ label, value, interval }) =>
    `${label} ${shownEstimate(value, interval, thousandths)}`
  );
  return estimatesPanel(
    { title, description: `Normalised differences: ${values.join("; ")}.` },
    lines,
    {
      label: "normalised difference",
      reference: 0,
      domain,
    },
  );
}

function lineOf(row: Table1Row): Line {
  const { mean, interval } = row.difference as Summary;
  const scaled = (x: number) => normalizedScore(row, x) - normalizedScore(row, 0);
  return {
    label: row.method.toUpperCase(),
    value: scaled(mean),
    interval: interval && { low: scaled(interval.low), high: scaled(interval.high) },
    hollow: isUndecidable(row) || interval === null,
    colour: seriesOf(["adapg"])[0].colour,
  };
}

/** The axis does not magnify differences that are smaller than this. */
const LEAST_END = 0.05;

function domainOf(lines: readonly Line[]): Limits {
  const end = 2 * Math.max(LEAST_END, ...lines.map(({ value }) => Math.abs(value)));
  return [-end, end];
}
