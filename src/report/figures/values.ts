/**
 * Final scores against the values of one hyperparameter.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { type CellScore, distinct } from "../cell_score.ts";
import { significant } from "../numbers.ts";
import { summary } from "../summary.ts";
import { type Panel, panel } from "./panel.ts";
import { scoreAxis } from "./score_axis.ts";
import { type Series, seriesOf } from "./series.ts";

/** A sweep over one hyperparameter in one environment. */
export interface ValuesOf {
  readonly title: string;
  readonly metric: "return" | "success";
  /** Of `variant`, and as readers know it. */
  readonly parameter: string;
  readonly label: string;
  readonly scale: "linear" | "log";
  readonly runs: readonly CellScore[];
}

/** Means over seeds with 95 % t intervals, every seed as a ring, and the score before fine-tuning as a dashed rule. */
export function valuesPanel(
  { title, metric, parameter, label, scale, runs }: ValuesOf,
): Panel {
  const finished = runs.filter(({ final }) => final !== undefined);
  const seeds = finished.map(({ variant, final }) => ({
    value: Number(variant[parameter]),
    final,
  }));
  const values = distinct(seeds.map(({ value }) => value)).sort((a, b) => a - b);
  const means = values.map((value) => {
    const { mean, interval } = summary(
      seeds.filter((s) => s.value === value).map(({ final }) => final!),
    )!;
    return { value, mean, low: interval?.low ?? mean, high: interval?.high ?? mean };
  });
  const pretrained = summary(runs.map((run) => run.pretrained))!.mean;
  const shown = [...seeds.map(({ final }) => final!), pretrained];
  const ends = means.map(({ value, mean }) => `${value}: ${significant(mean, 4)}`);
  const text = {
    title,
    description: `Mean final score by ${label}, ${ends.join(", ")}; before fine-tuning ${
      significant(pretrained, 4)
    }.`,
  };
  const [{ colour }] = sweepLegend();
  return panel(text, {
    x: {
      label,
      type: scale === "log" ? "log" : "linear",
      ticks: values,
      tickFormat: String,
      inset: 12,
    },
    y: scoreAxis(metric, shown),
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

/** What the lines of a sweep mean. */
export const sweepLegend = (): Series[] => [
  { ...seriesOf(["adapg"])[0], name: "ADAPG, mean of seeds" },
  { name: "before fine-tuning", colour: "currentColor", dash: "2 3" },
];
