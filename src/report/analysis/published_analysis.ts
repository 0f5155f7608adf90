/**
 * An analysis as readers see it, made from the findings that it published.
 *
 * @module
 */
import { z } from "zod";
import type { Setting } from "../../experiments/cell.ts";
import type { StudyName } from "../../experiments/studies.ts";
import { Idql, Moments, Omega, Robustness } from "./findings.ts";
import { idqlTables } from "./idql_tables.ts";
import { measuresMarkdown, type MeasureTable } from "./measures.ts";
import { momentTables } from "./moment_tables.ts";
import { omegaTable } from "./omega_table.ts";
import {
  robustnessCsv,
  type RobustnessFinding,
  robustnessRows,
  robustnessTable,
} from "./robustness_table.ts";
import { robustnessTests, robustnessTestsTable } from "./robustness_tests.ts";

/** The tables of an analysis. */
export interface PublishedAnalysis {
  readonly title: string;
  /** None without findings. */
  readonly tables: readonly MeasureTable[];
  /** The rows of one of them in full precision, for analyses that have such. */
  readonly csv?: string;
  /** Cells that are missing, each with the reason. */
  readonly leftOut: readonly string[];
}

/** How findings are shown. */
interface Presentation<F> {
  readonly title: string;
  tables(findings: readonly F[]): readonly MeasureTable[];
  csv?(findings: readonly F[]): string;
}

/** The shape of `analysis.json`, whose parsed value is what is shown of it. */
const shownAs = <F>(finding: z.ZodType<F>, { title, tables, csv }: Presentation<F>) =>
  z.object({ findings: z.array(finding), leftOut: z.array(z.string()) })
    .transform(({ findings, leftOut }): PublishedAnalysis => ({
      title,
      leftOut,
      tables: findings.length === 0 ? [] : tables(findings),
      ...(csv === undefined ? {} : { csv: findings.length === 0 ? "" : csv(findings) }),
    }));

/** The shape of `analysis.json` by study. */
const SHAPES: Readonly<Partial<Record<StudyName, z.ZodType<PublishedAnalysis>>>> = {
  adaptive: shownAs(Omega, {
    title: "ω after training",
    tables: (findings) => [omegaTable(findings)],
  }),
  epsilon: shownAs(Moments, { title: "Optimizers after training", tables: momentTables }),
  idql: shownAs(Idql, { title: "Why IDQL does or does not gain", tables: idqlTables }),
  robustness: shownAs(Robustness, {
    title: "Robustness",
    tables: robustnessTables,
    csv: (findings) => robustnessCsv(robustnessRows(findings)),
  }),
};

function robustnessTables(findings: readonly RobustnessFinding[]): MeasureTable[] {
  const scores = robustnessTable(robustnessRows(findings));
  return [scores, robustnessTestsTable(robustnessTests(findings))];
}

/** What `analysis.json` of a study must hold; undefined where the study has no analysis. */
export const analysisShape = (study: StudyName): z.ZodType<PublishedAnalysis> | undefined =>
  SHAPES[study];

/** The file that readers look at. */
export const ANALYSIS_TEXT = "analysis.md";

/** The files made from an analysis: texts by name. */
export function analysisTexts(
  { title, tables, csv, leftOut }: PublishedAnalysis,
  { profile, budget }: Setting,
): Readonly<Record<string, string>> {
  const heading = `${title}, profile ${profile}, budget ${budget}`;
  return {
    [ANALYSIS_TEXT]: measuresMarkdown(heading, tables) + leftOutNote(leftOut),
    ...(csv === undefined ? {} : { "analysis.csv": csv }),
  };
}

/** What readers are told about cells that are missing. */
const leftOutNote = (leftOut: readonly string[]): string =>
  leftOut.length === 0 ? "" : `\nLeft out:\n\n${leftOut.map((line) => `- ${line}\n`).join("")}`;
