/**
 * The figure that stands beside a study's table.
 *
 * @module
 */
import { studies, type StudyName } from "../../experiments/studies.ts";
import { cellName, type CellScore, distinct } from "../cell_score.ts";
import { scoresOf, type StudyEvidence, tablePath } from "../evidence.ts";
import { estimatesPanel } from "../figures/estimates.ts";
import type { Panel } from "../figures/panel.ts";
import { seriesOf } from "../figures/series.ts";
import { sweepLegend, valuesPanel } from "../figures/values.ts";
import type { Figure } from "../page/blocks.ts";
import { studyTable } from "../study_table.ts";
import { shownSummary } from "../text_table.ts";
import { cellTitle } from "./names.ts";

/** The hyperparameter that a study sweeps, with its axis. */
const SWEEPS: Partial<
  Record<StudyName, { parameter: string; label: string; scale: "linear" | "log" }>
> = {
  epsilon: { parameter: "eps", label: "ε", scale: "log" },
  omega: { parameter: "omega", label: "ω", scale: "linear" },
};

const INTERVALS =
  "95 % intervals, t over seeds for returns and Wilson as in Table I for success rates";
const ARROWS = "an arrowhead marks an interval that goes on beyond the panel";

/**
 * A panel per environment and method with a run that finished: the arms, or the values of what the study sweeps. Nothing
 * where no run has finished.
 */
export function studyFigure(evidence: StudyEvidence): Figure[] {
  const { study } = evidence, sweep = SWEEPS[study];
  const groups = [...Map.groupBy(scoresOf(evidence), cellName).values()]
    .filter((runs) => runs.some(({ final }) => final !== undefined));
  if (groups.length === 0) return [];
  const panels = groups.map((runs) => {
    const title = cellTitle(runs[0]);
    return sweep === undefined ? armsPanel(title, runs) : valuesPanel({ title, ...sweep, runs });
  });
  return [{
    kind: "figure",
    title: `${studies[study].title}: final scores`,
    caption: sweep === undefined
      ? `Mean final scores over seeds with ${INTERVALS}; the dotted line is the score before fine-tuning. A ring is one seed; ${ARROWS}.`
      : `Final scores by ${sweep.label}: means over seeds with ${INTERVALS}, and every seed as a small ring. A value with ` +
        `one seed is a large ring that no line joins; ${ARROWS}.`,
    legend: sweep === undefined ? [] : sweepLegend(),
    panels,
    file: `${tablePath(evidence)}/figure.svg`,
  }];
}

function armsPanel(title: string, runs: readonly CellScore[]): Panel {
  const series = seriesOf(distinct(runs.map(({ arm }) => arm)));
  const rows = studyTable(runs), finished = rows.filter(({ final }) => final !== null);
  const lines = finished.map(({ arm, final }) => ({
    label: arm,
    value: final!.mean,
    interval: final!.interval,
    hollow: final!.seeds === 1,
    colour: series.find(({ name }) => name === arm)!.colour,
  }));
  const reference = rows[0].pretrained!.mean;
  const seeds = runs.flatMap(({ final }) => final === undefined ? [] : [final]);
  const low = Math.min(reference, ...seeds), high = Math.max(reference, ...seeds);
  const room = 0.25 * (high - low || 1);
  const shown = finished.map(({ arm, final }) => `${arm} ${shownSummary(final, "")}`).join("; ");
  return estimatesPanel({ title, description: `Final scores of ${title}: ${shown}.` }, lines, {
    label: "final score",
    reference,
    domain: [low - room, high + room],
  });
}
