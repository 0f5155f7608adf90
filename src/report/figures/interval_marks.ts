/**
 * Intervals as lines.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { Interval } from "../../stats/interval.ts";

/** An interval at its place on the other axis. */
export interface PlacedInterval extends Interval {
  readonly at: string | number;
  readonly colour: string;
}

/** Both ends of an axis. */
export type Limits = readonly [low: number, high: number];

const HEAD_SIZE = 3;

/** A line for each interval along an axis. An end beyond the axis is cut there and becomes an arrowhead. */
export function intervalMarks(
  intervals: readonly PlacedInterval[],
  along: "x" | "y",
  [least, most]: Limits,
): Plot.Markish[] {
  const shown = intervals.map((interval) => ({
    ...interval,
    low: Math.max(interval.low, least),
    high: Math.min(interval.high, most),
  }));
  const look = { stroke: colourOf, strokeWidth: 2 };
  const lines = along === "x"
    ? Plot.ruleY(shown, { y: "at", x1: "low", x2: "high", ...look })
    : Plot.ruleX(shown, { x: "at", y1: "low", y2: "high", ...look });
  return [
    lines,
    arrowheads(intervals.filter(({ low }) => low < least), along, least, -1),
    arrowheads(intervals.filter(({ high }) => high > most), along, most, 1),
  ];
}

/** Triangles at an end of the axis that point out of it: up or to the right for 1, down or to the left for −1. */
function arrowheads(
  cut: readonly PlacedInterval[],
  along: "x" | "y",
  end: number,
  direction: 1 | -1,
): Plot.Markish {
  const look = { symbol: "triangle", r: HEAD_SIZE, fill: colourOf } as const;
  return along === "x"
    ? Plot.dot(cut, {
      x: end,
      y: "at",
      dx: -direction * HEAD_SIZE,
      rotate: direction * 90,
      ...look,
    })
    : Plot.dot(cut, {
      x: "at",
      y: end,
      dy: direction * HEAD_SIZE,
      rotate: direction === 1 ? 0 : 180,
      ...look,
    });
}

const colourOf = ({ colour }: PlacedInterval): string => colour;
