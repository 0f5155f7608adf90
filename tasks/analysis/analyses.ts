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

/** An analysis and what it takes. That is no part of its module, whose text is the identity of its findings. */
export interface StudyAnalysis extends Analysis {
  /** Whether it runs episodes, which takes long; reading states takes seconds. */
  readonly simulates: boolean;
}

/** Analyses by study. */
export const analyses: Readonly<Partial<Record<StudyName, StudyAnalysis>>> = {
  adaptive: { ...adaptiveAnalysis, simulates: false },
  epsilon: { ...epsilonAnalysis, simulates: false },
  idql: { ...idqlAnalysis, simulates: true },
  robustness: { ...robustnessAnalysis, simulates: true },
};
