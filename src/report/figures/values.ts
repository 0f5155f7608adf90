/**
 * Final scores against the values of one hyperparameter.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { mean } from "../../stats/moments.ts";
import type { CellScore } from "../cell_score.ts";
import { significant } from "../numbers.ts";
import { summary } from "../summary.ts";
import { type Panel, panel } from "./panel.ts";
import { scoreAxis } from "./score_axis.ts";
import { type Series, seriesOf } from "./series.ts";

/** A sweep over one hyperparameter in one environment. */
export interface ValuesOf {
  readonly title: string;
  /** Of `variant`, and as readers know it. */
  readonly parameter: string;
  readonly label: string;
  readonly scale: "linear" | "log";
  readonly runs: readonly CellScore[];
}

/** Means over seeds with 95 % t intervals, every seed as a ring, and the score before fine-tuning as a dashed rule. */
export function valuesPanel({ title, parameter, label, scale, runs }: ValuesOf): Panel {
  const seeds = finished(runs, parameter), means = meansOf(seeds);
  const pretrained = mean(runs.map((run) => run.pretrained)), [{ colour }] = sweepLegend();
  const ends = means.map(({ value, mean }) => `${value}: ${significant(mean, 4)}`).join(", ");
  const description = `Mean final score by ${label}, ${ends}; before fine-tuning ` +
    `${significant(pretrained, 4)}.`;
  return panel({ title, description }, {
    x: {
      label,
      type: scale,
      ticks: means.map(({ value }) => value),
      tickFormat: String,
      inset: 12,
    },
    y: scoreAxis(runs[0].metric, [...seeds.map(({ final }) => final), pretrained]),
    marks: [
      Plot.gridY({ stroke: "var(--grid)", strokeOpacity: 1 }),
      Plot.ruleY([pretrained], { stroke: "currentColor", strokeDasharray: "2 3" }),
      Plot.ruleX(means, {
        x: "value",
        y1: "low",
        y2: "high",
        stroke: colour,
        strokeWidth: 1.5,
        clip: true,
      }),
      Plot.lineY(means, { x: "value", y: "mean", stroke: colour, strokeWidth: 2 }),
      Plot.dot(means, { x: "value", y: "mean", fill: colour, r: 3.5 }),
      Plot.dot(seeds, { x: "value", y: "final", stroke: "currentColor", r: 2, strokeOpacity: 0.7 }),
    ],
  });
}

/** The final score of a run that did not diverge, and its value of the hyperparameter. */
interface Ended {
  readonly value: number;
  readonly final: number;
}

const finished = (runs: readonly CellScore[], parameter: string): Ended[] =>
  runs.flatMap(({ variant, final }) =>
    final === undefined ? [] : [{ value: Number(variant[parameter]), final }]
  );

/** Mean and interval by value, in ascending order; a single seed's interval is its score. */
function meansOf(seeds: readonly Ended[]) {
  const byValue = [...Map.groupBy(seeds, ({ value }) => value)].sort(([a], [b]) => a - b);
  return byValue.map(([value, own]) => {
    const { mean, interval } = summary(own.map(({ final }) => final))!;
    return { value, mean, low: interval?.low ?? mean, high: interval?.high ?? mean };
  });
}

/** What the lines of a sweep mean. */
export const sweepLegend = (): Series[] => [
  { ...seriesOf(["adapg"])[0], name: "ADAPG, mean of seeds" },
  { name: "before fine-tuning", colour: "currentColor", dash: "2 3" },
];
