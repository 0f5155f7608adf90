/**
 * The files of a table, which follow from what is published below it.
 *
 * @module
 */
import { join } from "@std/path";
import type { Setting } from "../../src/experiments/cell.ts";
import { studies, type StudyName } from "../../src/experiments/studies.ts";
import { sha256 } from "../../src/provenance/digest.ts";
import { manifest } from "../../src/provenance/manifest.ts";
import { analysisTexts } from "../../src/report/analysis/published_analysis.ts";
import type { CellScore } from "../../src/report/cell_score.ts";
import { studyTable } from "../../src/report/study_table.ts";
import { studyCsv, studyMarkdown, studyText } from "../../src/report/study_text.ts";
import { table1 } from "../../src/report/table1.ts";
import { table1Csv, table1Markdown, table1Text } from "../../src/report/table1_text.ts";
import { readBytes } from "../io.ts";
import { ANALYSIS, publishedAnalysis } from "./analysis_file.ts";
import { publishedScores } from "./published.ts";
import { digestsOfTexts, pretty } from "./texts.ts";

/** Which table. */
export interface TableName {
  readonly study: StudyName;
  readonly setting: Setting;
}

/** A table's files by name, and the table as text for a terminal and as JSON. */
export interface RenderedTable {
  readonly files: Readonly<Record<string, string>>;
  readonly text: string;
  readonly rows: readonly unknown[];
}

/**
 * The table of all cells published in a folder, and the texts of the study's analysis where one is published.
 *
 * @throws {Error} when something published there cannot be read
 */
export function tableOf(folder: string, { study, setting }: TableName): RenderedTable {
  const { scores, digests } = publishedScores(folder, studies[study], setting);
  const { rows, text, csv, markdown } = study === "table1"
    ? table1Texts(scores, setting)
    : studyTexts(scores, study, setting);
  const analysis = analysisOf(folder, { study, setting });
  const files = {
    "table.csv": csv,
    "table.json": pretty({ setting, rows }),
    "table.md": markdown,
    ...analysis.texts,
  };
  const sources = Object.entries({ ...digests, ...analysis.digests });
  const statement = manifest({
    outputs: digestsOfTexts(files),
    parameters: { table: study, setting: { ...setting } },
    dependencies: sources.map(([name, sha256]) => ({ name, digest: { sha256 } })),
  });
  return { rows, text, files: { ...files, "manifest.json": statement } };
}

/** The texts of an analysis and the digest of what they are made from; none where none is published. */
function analysisOf(folder: string, { study, setting }: TableName) {
  const analysis = publishedAnalysis(folder, study);
  if (analysis === undefined) return { texts: {}, digests: {} };
  const digests = { [ANALYSIS]: sha256(readBytes(join(folder, ANALYSIS))) };
  return { texts: analysisTexts(analysis, setting), digests };
}

const SCORES =
  "Score of the last policy over fixed evaluation episodes (mean return, or success rate), mean over seeds with a 95 %\n" +
  "interval: t over seeds for returns, where there are two or more; Wilson for success rates, over the episodes of all\n" +
  "seeds or by t over seeds, whichever is wider.";

function table1Texts(scores: readonly CellScore[], { profile, budget }: Setting) {
  const rows = table1(scores);
  const caption =
    `# Table I, profile ${profile}, budget ${budget}\n\n${SCORES} The difference pairs arms by seed, with a t interval;\n` +
    "below three seeds the verdict is inconclusive by rule.";
  const markdown = table1Markdown(rows, caption);
  return { rows, text: table1Text(rows), csv: table1Csv(rows), markdown };
}

function studyTexts(scores: readonly CellScore[], study: StudyName, { profile, budget }: Setting) {
  const rows = studyTable(scores), { title, question } = studies[study];
  const caption = `# ${title}, profile ${profile}, budget ${budget}\n\n${question}\n\n${SCORES} ` +
    "Differences pair each arm by seed with the first one\nof its environment, with t intervals.";
  const markdown = studyMarkdown(rows, caption);
  return { rows, text: studyText(rows), csv: studyCsv(rows), markdown };
}
