/**
 * Final scores against the values of one hyperparameter.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { mean } from "../../stats/moments.ts";
import type { CellScore } from "../cell_score.ts";
import { significant } from "../numbers.ts";
import { scoreSummary, type Summary, type Trials } from "../summary.ts";
import { shownSummary } from "../text_table.ts";
import { intervalMarks } from "./interval_marks.ts";
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

/**
 * Means over seeds with 95 % intervals, every seed as a small ring, and the score before fine-tuning as a dashed rule.
 * A line joins means of several seeds; a value with a single one is a large ring that no line reaches.
 */
export function valuesPanel({ title, parameter, label, scale, runs }: ValuesOf): Panel {
  const seeds = finished(runs, parameter), means = meansOf(seeds, runs[0]);
  const pretrained = mean(runs.map((run) => run.pretrained)), [{ colour }] = sweepLegend();
  const ends = means.map((own) => `${own.value}: ${shownSummary(own, "")}`).join(", ");
  const description = `Mean final score by ${label}, ${ends}; before fine-tuning ` +
    `${significant(pretrained, 4)}.`;
  const y = scoreAxis(runs[0].metric, [...seeds.map(({ final }) => final), pretrained]);
  const intervals = means.flatMap(({ value, interval }) =>
    interval === null ? [] : [{ ...interval, at: value, colour }]
  );
  return panel({ title, description }, {
    x: {
      label,
      type: scale,
      ticks: means.map(({ value }) => value),
      tickFormat: String,
      inset: 12,
    },
    y,
    marks: [
      Plot.gridY({ stroke: "var(--grid)", strokeOpacity: 1 }),
      Plot.ruleY([pretrained], { stroke: "currentColor", strokeDasharray: "2 3" }),
      ...intervalMarks(intervals, "y", y.domain),
      // A line has a gap where it meets NaN.
      Plot.lineY(means, {
        x: "value",
        y: (own: MeanOf) => isSingle(own) ? NaN : own.mean,
        stroke: colour,
        strokeWidth: 2,
      }),
      Plot.dot(means, {
        x: "value",
        y: "mean",
        stroke: colour,
        fill: (own: MeanOf) => isSingle(own) ? "var(--background)" : colour,
        r: 3.5,
      }),
      Plot.dot(seedsOfSeveral(seeds, means), {
        x: "value",
        y: "final",
        stroke: "currentColor",
        r: 2,
        strokeOpacity: 0.7,
      }),
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

/** What the table says of the runs with one value. */
interface MeanOf extends Summary {
  readonly value: number;
}

/** Summaries by value, in ascending order. */
const meansOf = (ended: readonly Ended[], trials: Trials): MeanOf[] =>
  [...Map.groupBy(ended, ({ value }) => value)].sort(([a], [b]) => a - b)
    .map(([value, own]) => ({ value, ...scoreSummary(own.map(({ final }) => final), trials)! }));

const isSingle = ({ seeds }: Summary): boolean => seeds === 1;

/** Scores that their mean does not show already. */
const seedsOfSeveral = (ended: readonly Ended[], means: readonly MeanOf[]): Ended[] =>
  ended.filter(({ value }) => !means.some((own) => own.value === value && isSingle(own)));

/** What the lines of a sweep mean. */
export const sweepLegend = (): Series[] => [
  { ...seriesOf(["adapg"])[0], name: "ADAPG, mean of seeds" },
  { name: "before fine-tuning", colour: "currentColor", dash: "2 3" },
];
