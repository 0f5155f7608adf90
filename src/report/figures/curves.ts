/**
 * Learning curves.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { CellScore } from "../cell_score.ts";
import { learningCurve } from "../learning_curve.ts";
import { counted, significant } from "../numbers.ts";
import { type Panel, panel } from "./panel.ts";
import type { Series } from "./series.ts";
import { scoreAxis } from "./score_axis.ts";

/** With more arms than this, bands are drawn fainter. */
const CROWD = 3;

/** The runs of one environment and method. */
export interface CurvesOf {
  readonly title: string;
  readonly evaluationEvery: number;
  readonly runs: readonly CellScore[];
}

/** Mean over seeds per arm with its 95 % t interval, and every seed as a thin line; bands end at the panel's edge. */
export function curvesPanel(
  { title, evaluationEvery, runs }: CurvesOf,
  series: readonly Series[],
): Panel {
  const points = series.flatMap(({ name }) =>
    learningCurve(runs.filter(({ arm }) => arm === name), evaluationEvery)
      .map((point) => ({ arm: name, ...point, ...point.interval }))
  );
  const seeds = runs.flatMap(({ arm, seed, curve }) =>
    curve.map((score, i) => ({ arm, run: `${arm}/${seed}`, iteration: i * evaluationEvery, score }))
  );
  const colour = new Map(series.map((s) => [s.name, s.colour]));
  const stroke = ({ arm }: { readonly arm: string }) => colour.get(arm)!;
  const line = { x: "iteration", stroke } as const;
  return panel({ title, description: descriptionOf(title, runs, series) }, {
    x: { label: "iteration", ticks: 5 },
    y: scoreAxis(runs[0].metric, seeds.map(({ score }) => score)),
    marks: [
      Plot.gridY({ stroke: "var(--grid)", strokeOpacity: 1 }),
      Plot.areaY(points.filter(({ interval }) => interval !== null), {
        x: "iteration",
        y1: "low",
        y2: "high",
        z: "arm",
        fill: stroke,
        fillOpacity: series.length > CROWD ? 0.06 : 0.14,
        clip: true,
      }),
      Plot.lineY(seeds, { ...line, y: "score", z: "run", strokeWidth: 0.7, strokeOpacity: 0.45 }),
      ...series.map(({ name, dash }) =>
        Plot.lineY(points.filter(({ arm }) => arm === name), {
          ...line,
          y: "mean",
          strokeWidth: 2.2,
          strokeDasharray: dash,
        })
      ),
    ],
  });
}

function descriptionOf(
  title: string,
  runs: readonly CellScore[],
  series: readonly Series[],
): string {
  const ends = series.map(({ name }) => {
    const mine = runs.filter(({ arm }) => arm === name), last = learningCurve(mine, 1).at(-1);
    return last === undefined
      ? `${name} has no evaluation`
      : `${name} ends at ${significant(last.mean, 4)} over ${counted(last.seeds, "seed")}`;
  });
  return `Learning curves of ${title}: ${ends.join("; ")}.`;
}
