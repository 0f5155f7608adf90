/**
 * Writes cells and tables below `results/`.
 *
 * @module
 */
import { join } from "@std/path";
import { environments } from "../../src/envs/mod.ts";
import { cellJson, type Setting, settingPath } from "../../src/experiments/cell.ts";
import { cellScores, type IterationMetrics } from "../../src/experiments/score.ts";
import { canonicalJson } from "../../src/provenance/canonical_json.ts";
import { digestOf, sha256 } from "../../src/provenance/digest.ts";
import { manifest, type Resource } from "../../src/provenance/manifest.ts";
import type { Modules } from "../../src/provenance/modules.ts";
import type { Json } from "../../src/provenance/strict_json.ts";
import { studies, type StudyName } from "../../src/experiments/studies.ts";
import type { CellScore } from "../../src/report/cell_score.ts";
import { studyTable } from "../../src/report/study_table.ts";
import { studyCsv, studyMarkdown, studyText } from "../../src/report/study_text.ts";
import { table1 } from "../../src/report/table1.ts";
import { table1Csv, table1Markdown, table1Text } from "../../src/report/table1_text.ts";
import { locked, writeTogether } from "../io.ts";
import type { Finished } from "./cell_store.ts";
import type { PlannedCell } from "./plan.ts";
import { folderOf, publishedScores } from "./published.ts";

const LOCK = ".work/publish.lock";

/** The folder of a table; a policy of the user's own is named by its digest. */
export const tableFolder = (out: string, setting: Setting, pretrained?: Uint8Array): string =>
  join(
    out,
    settingPath(setting) + (pretrained ? `-pretrained-${sha256(pretrained).slice(0, 8)}` : ""),
  );

/** Writes a cell's scores, digests, metrics and where they came from. */
export function publishCell(
  folder: string,
  { cell, id, hyperparameters, fixtures, modules }: PlannedCell,
  { scores, digests, metrics }: Finished,
): void {
  const { metric } = environments[cell.env].spec;
  const result = cellScores(metric, scores, metrics as unknown as readonly IterationMetrics[]);
  const files = {
    "digests.jsonl": lines(digests as unknown as readonly Json[]),
    "metrics.jsonl": lines(metrics),
    "scores.json": pretty(result),
  };
  const outputs = digestsOfTexts(files);
  const parameters = { id, cell: cellJson(cell), hyperparameters, rng: "threefry-2x32" };
  const dependencies = dependenciesOf(modules, fixtures);
  const statement = manifest({ outputs, parameters, dependencies });
  writeTogether(folderOf(folder, cell), { ...files, "manifest.json": statement });
}

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
 * Writes the table of all cells published in a folder, one process at a time: else one that has read the cells before
 * another published its own would put a table without them over the other's.
 */
export const publishTable = (folder: string, name: TableName): RenderedTable =>
  locked(LOCK, () => {
    const table = tableOf(folder, name);
    writeTogether(folder, table.files);
    return table;
  });

/** The table of all cells published in a folder. */
export function tableOf(folder: string, { study, setting }: TableName): RenderedTable {
  const { scores, digests } = publishedScores(folder, studies[study], setting);
  const { rows, text, csv, markdown } = study === "table1"
    ? table1Texts(scores, setting)
    : studyTexts(scores, study, setting);
  const files = {
    "table.csv": csv,
    "table.json": pretty({ setting, rows }),
    "table.md": markdown,
  };
  const outputs = digestsOfTexts(files);
  const dependencies = Object.entries(digests).map(([name, digest]) => ({
    name,
    digest: { sha256: digest },
  }));
  const statement = manifest({
    outputs,
    parameters: { table: study, setting: { ...setting } },
    dependencies,
  });
  return { rows, text, files: { ...files, "manifest.json": statement } };
}

const SCORES =
  "Score of the last policy over fixed evaluation episodes (mean return, or success rate), mean over seeds with a 95 %\n" +
  "interval: t over seeds for returns, where there are two or more; Wilson over the episodes of all seeds for success\n" +
  "rates, widened where seeds differ by more than chance.";

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

/** What a cell's manifest says it was made from. */
export function dependenciesOf(
  { files, packages, libraries = {} }: Modules,
  fixtures: Readonly<Record<string, string>>,
): Resource[] {
  return [
    { name: "modules", digest: { sha256: digestOf(files) } },
    ...Object.entries({ ...fixtures, ...libraries })
      .map(([name, sha256]) => ({ name, digest: { sha256 } })),
    ...Object.entries(packages).map(([name, integrity]) => ({
      name: `pkg:npm/${name}`,
      digest: { sha512: integrity.replace(/^sha512-/, "") },
    })),
  ];
}

/** One value per line. */
const lines = (values: readonly Json[]): string =>
  values.map((v) => `${canonicalJson(v)}\n`).join("");

/** SHA-256 of texts by name. */
export const digestsOfTexts = (
  texts: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, sha256(text)]));

/** Readable, and the same text for equal values. */
export const pretty = (value: unknown): string =>
  `${JSON.stringify(JSON.parse(canonicalJson(value as Json)), null, 2)}\n`;
