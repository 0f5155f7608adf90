/**
 * Learning curves of a study.
 *
 * @module
 */
import { cellName, distinct } from "../cell_score.ts";
import { evaluationEvery, scoresOf, type StudyEvidence } from "../evidence.ts";
import { curvesPanel } from "../figures/curves.ts";
import { seriesOf } from "../figures/series.ts";
import type { Figure } from "../page/blocks.ts";
import { cellTitle } from "./names.ts";

/** A panel per environment and method, a line per arm. */
export function curvesFigure(evidence: StudyEvidence, title: string): Figure {
  const scores = scoresOf(evidence), series = seriesOf(distinct(scores.map(({ arm }) => arm)));
  const panels = [...Map.groupBy(scores, cellName).values()].map((runs) => {
    const [first] = runs;
    return curvesPanel({
      title: cellTitle(first),
      evaluationEvery: evaluationEvery(first.env, evidence.setting),
      runs,
    }, series.filter(({ name }) => runs.some(({ arm }) => arm === name)));
  });
  return {
    kind: "figure",
    title,
    caption:
      "Ten fixed episodes at every tenth iteration. Thick: mean over seeds, with its 95 % t interval as a band that " +
      "ends at the panel’s edge. Thin: single seeds.",
    legend: series,
    panels,
    file: `report/curves-${evidence.study}.svg`,
  };
}
