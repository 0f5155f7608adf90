/**
 * Finds published runs.
 *
 * @module
 */
import { join } from "@std/path";
import { BUDGETS, type Profile } from "../../src/experiments/budgets.ts";
import { DEFAULTS, type Setting } from "../../src/experiments/cell.ts";
import { studies, type StudyName } from "../../src/experiments/studies.ts";
import { scoreOfCell } from "../../src/report/cell_score.ts";
import {
  type Evidence,
  type Run,
  STUDIES,
  type StudyEvidence,
  tablePath,
} from "../../src/report/evidence.ts";
import { metricsOf } from "../audit/published_cell.ts";
import { publishedAnalysis } from "../study/analysis_file.ts";
import type { TableName } from "../study/table_files.ts";
import { cellsIn, folderOf } from "../study/published.ts";
import { readScores } from "../study/scores_file.ts";

/** Every study's runs below `root`, in the setting that has most of them. */
export const publishedEvidence = (root: string, profile: Profile): Evidence =>
  Object.fromEntries(STUDIES.flatMap((study) => {
    const found = mostRuns(root, study, profile);
    return found === undefined ? [] : [[study, found]];
  }));

/** The tables of a profile that have published runs, of every budget. */
export const publishedTables = (root: string, profile: Profile): TableName[] =>
  STUDIES.flatMap((study) =>
    BUDGETS.map((budget) => ({ study, setting: { ...DEFAULTS, profile, budget } }))
      .filter((name) =>
        cellsIn(join(root, tablePath(name)), studies[study], name.setting).length > 0
      )
  );

/** Longer budgets win ties; smoke runs tell nothing. */
function mostRuns(root: string, study: StudyName, profile: Profile): StudyEvidence | undefined {
  const all = BUDGETS.filter((budget) => budget !== "smoke").toReversed()
    .map((budget) => studyEvidence(root, study, { ...DEFAULTS, profile, budget }));
  const most = Math.max(...all.map(({ runs }) => runs.length));
  return most === 0 ? undefined : all.find(({ runs }) => runs.length === most);
}

function studyEvidence(root: string, study: StudyName, setting: Setting): StudyEvidence {
  const table = join(root, tablePath({ study, setting }));
  const runs = cellsIn(table, studies[study], setting).map((cell): Run => {
    const folder = folderOf(table, cell), scores = readScores(join(folder, "scores.json"));
    return {
      cell,
      score: scoreOfCell(cell, scores),
      divergence: scores.diverged?.message ?? null,
      logs: metricsOf(folder),
    };
  });
  return { study, setting, runs, measures: publishedAnalysis(table, study)?.tables ?? [] };
}
