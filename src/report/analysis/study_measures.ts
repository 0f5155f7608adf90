/**
 * The tables of a study's analysis, rebuilt from the findings that it published.
 *
 * @module
 */
import type { MomentFinding } from "../../experiments/analysis/moment_findings.ts";
import type { StudyName } from "../../experiments/studies.ts";
import { type IdqlFinding, idqlTables } from "./idql_tables.ts";
import type { MeasureTable } from "./measures.ts";
import { momentTables } from "./moment_tables.ts";
import { type RobustnessFinding, robustnessRows, robustnessTable } from "./robustness_table.ts";
import { robustnessTests, robustnessTestsTable } from "./robustness_tests.ts";

const TABLES = {
  epsilon: (findings) => momentTables(findings as MomentFinding[]),
  idql: (findings) => idqlTables(findings as IdqlFinding[]),
  robustness: (findings) => robustnessTables(findings as RobustnessFinding[]),
} satisfies Partial<Record<StudyName, (findings: readonly unknown[]) => MeasureTable[]>>;

/** What the analysis published, and tests of it that came later. */
const robustnessTables = (findings: readonly RobustnessFinding[]): MeasureTable[] => [
  robustnessTable(robustnessRows(findings)),
  robustnessTestsTable(robustnessTests(findings)),
];

/** Studies that have an analysis. */
export type AnalysedStudy = keyof typeof TABLES;

/** Whether a study has an analysis. */
export const isAnalysed = (study: StudyName): study is AnalysedStudy =>
  Object.hasOwn(TABLES, study);

/** The tables that the findings of `analysis.json` make; none without findings. */
export const studyMeasures = (
  study: AnalysedStudy,
  findings: readonly unknown[],
): readonly MeasureTable[] => findings.length === 0 ? [] : TABLES[study](findings);
