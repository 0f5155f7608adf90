/**
 * The studies that have an analysis.
 *
 * @module
 */
import type { StudyName } from "../../src/experiments/studies.ts";
import type { Analysis } from "./analysis.ts";
import { adaptiveAnalysis } from "./adaptive.ts";
import { epsilonAnalysis } from "./epsilon.ts";
import { idqlAnalysis } from "./idql.ts";
import { robustnessAnalysis } from "./robustness.ts";

/** Analyses by study. */
export const analyses: Readonly<Partial<Record<StudyName, Analysis>>> = {
  adaptive: adaptiveAnalysis,
  epsilon: epsilonAnalysis,
  idql: idqlAnalysis,
  robustness: robustnessAnalysis,
};
