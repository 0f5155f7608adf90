/**
 * A study that explains Table I.
 *
 * @module
 */
import { studies, type StudyName } from "../../experiments/studies.ts";
import { cellName } from "../cell_score.ts";
import {
  auditCommand,
  reproduceCommand,
  scoresOf,
  type StudyEvidence,
  WANTED,
} from "../evidence.ts";
import { labelColumns, measureLines, type MeasureTable } from "../analysis/measures.ts";
import { type Block, paragraph, type Section, type Table, type Text } from "../page/blocks.ts";
import { type StudyRow, studyTable } from "../study_table.ts";
import { STUDY_HEADER, studyNumbers } from "../study_text.ts";
import { contrastsOf } from "./contrasts.ts";
import { curvesFigure } from "./curves.ts";
import { diagnostics } from "./diagnostics.ts";
import { envTitle } from "./names.ts";
import { studyFigure } from "./study_figure.ts";

/** Table, figure, learning curves and logged numbers; or the command that would make them. */
export function studySection(study: StudyName, evidence: StudyEvidence | undefined): Section {
  const { title, question } = studies[study];
  const blocks: Block[] = evidence === undefined
    ? [paragraph("Not run yet. "), { kind: "code", text: reproduceCommand(study, WANTED) }]
    : found(evidence);
  return { id: study, title: `Study: ${title}`, blocks: [paragraph(question), ...blocks] };
}

function found(evidence: StudyEvidence): Block[] {
  const { title } = studies[evidence.study];
  return [
    tableOf(evidence),
    ...contrastsOf(evidence),
    ...studyFigure(evidence),
    {
      kind: "details",
      summary: "Learning curves",
      blocks: [curvesFigure(evidence, `${title}: learning curves`)],
    },
    ...measured(evidence),
    ...diagnostics(evidence),
  ];
}

/** What an analysis measured on the trained networks. */
function measured(evidence: StudyEvidence): Block[] {
  const { measures } = evidence;
  if (measures.length === 0) return [];
  const blocks = [
    paragraph(UNCORRECTED),
    ...measures.map(measureBlock),
    measuringAgain(evidence),
  ];
  return [{ kind: "details", summary: "Measured on the trained networks", blocks }];
}

const UNCORRECTED =
  "Intervals in these tables are not corrected for how many there are: by chance one in twenty excludes the true value.";

/** How readers get at these numbers themselves. */
const measuringAgain = (evidence: StudyEvidence): Block =>
  paragraph(
    "Where all of these networks are kept, ",
    { code: auditCommand(evidence) },
    " measures them again and compares every finding to the byte, besides replaying all runs. They are not committed: ",
    { code: reproduceCommand(evidence.study, evidence.setting) },
    " trains and keeps those of the budget’s seeds, ",
    { code: "--seeds" },
    " others.",
  );

const measureBlock = (table: MeasureTable): Block => ({
  kind: "table",
  caption: `${table.title}. ${table.note.replaceAll("\n", " ")}`,
  numbers: [labelColumns(table), table.header.length],
  header: table.header,
  rows: measureLines(table),
});

const tableOf = (evidence: StudyEvidence): Table => ({
  kind: "table",
  caption:
    `Profile ${evidence.setting.profile}, budget ${evidence.setting.budget}: means over seeds with 95 % intervals, ` +
    "t over seeds for returns and Wilson as in Table I for success rates; differences pair each arm by seed with the " +
    "first one of its environment and method.",
  numbers: [3, 9],
  header: [...STUDY_HEADER, "replay"],
  rows: studyTable(scoresOf(evidence)).map((row) => lineOf(evidence, row)),
});

const lineOf = (evidence: StudyEvidence, row: StudyRow): Text[] => [
  envTitle(row.env),
  row.method.toUpperCase(),
  [{ code: row.arm }],
  ...studyNumbers(row),
  [{ code: auditCommand(evidence, `${cellName(row)}-${row.arm}`) }],
];
