/**
 * Estimates with intervals, one per line.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { Interval } from "../../stats/interval.ts";
import { intervalMarks, type Limits } from "./interval_marks.ts";
import { type Panel, panel, type PanelText } from "./panel.ts";

/** One line of the plot. */
export interface Line {
  readonly label: string;
  readonly value: number;
  /** Null where a single value has none. */
  readonly interval: Interval | null;
  /** Whether too few seeds stand behind it to say something: its dot is a ring. */
  readonly hollow: boolean;
  readonly colour: string;
}

/** How the values are laid out. */
export interface EstimateAxis {
  readonly label: string;
  /** Where a vertical line is drawn: no difference, or the score before fine-tuning. */
  readonly reference: number;
  /** Limits of the axis, which hold every value. */
  readonly domain: Limits;
}

const LINE_HEIGHT = 22, MARGINS = 52, CHARACTER = 6.6;

/** Dots with intervals around a reference. */
export function estimatesPanel(
  text: PanelText,
  lines: readonly Line[],
  { label, reference, domain }: EstimateAxis,
): Panel {
  const longest = Math.max(...lines.map((line) => line.label.length));
  const intervals = lines.flatMap(({ label, interval, colour }) =>
    interval === null ? [] : [{ ...interval, at: label, colour }]
  );
  return panel(text, {
    height: MARGINS + LINE_HEIGHT * lines.length,
    marginTop: 8,
    marginLeft: Math.min(150, 18 + CHARACTER * longest),
    x: {
      label,
      ticks: 4,
      ...(Math.abs(lines[0].value) < 10 ? {} : { tickFormat: "~s" }),
      domain: [...domain],
    },
    y: { label: null, domain: lines.map((line) => line.label), tickSize: 0 },
    marks: [
      Plot.gridX({ stroke: "var(--grid)", strokeOpacity: 1, ticks: 4 }),
      Plot.ruleX([reference], { stroke: "currentColor", strokeDasharray: "2 3" }),
      ...intervalMarks(intervals, "x", domain),
      Plot.dot(lines, {
        x: "value",
        y: "label",
        stroke: ({ colour }: Line) => colour,
        fill: ({ hollow, colour }: Line) => hollow ? "var(--background)" : colour,
        r: 4,
      }),
    ],
  });
}
