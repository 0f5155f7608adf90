/**
 * The published analysis of a study, read back.
 *
 * @module
 */
import { join } from "@std/path";
import type { StudyName } from "../../src/experiments/studies.ts";
import {
  analysisShape,
  type PublishedAnalysis,
} from "../../src/report/analysis/published_analysis.ts";
import { exists } from "../io.ts";
import { readShaped } from "../shaped_json.ts";

/** What a study measured on its trained networks, beside its table. */
export const ANALYSIS = "analysis.json";

/** Says which cells and code made it. */
export const ANALYSIS_MANIFEST = "analysis-manifest.json";

/**
 * The analysis in a table's folder; undefined where the study has none, or none is published.
 *
 * @throws {FormatError} when its file holds anything else, naming it and the place
 */
export function publishedAnalysis(table: string, study: StudyName): PublishedAnalysis | undefined {
  const shape = analysisShape(study), path = join(table, ANALYSIS);
  return shape === undefined || !exists(path) ? undefined : readShaped(path, shape);
}
