/**
 * Performance profiles.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { ProfilePoint } from "../aggregates.ts";
import { type Panel, panel } from "./panel.ts";
import type { Series } from "./series.ts";

/** The share of runs above each normalised score, with pointwise 95 % bands. */
export function profilePanel(points: readonly ProfilePoint[], series: readonly Series[]): Panel {
  const title = "Share of runs above a score";
  const colour = new Map(series.map((s) => [s.name, s.colour]));
  const fill = ({ arm }: ProfilePoint) => colour.get(arm)!;
  return panel({
    title,
    description:
      "Performance profiles of AdamW and ADAPG over all comparisons with enough seeds: the curve that lies higher " +
      "belongs to the arm with more runs above that score.",
  }, {
    x: { label: "normalised score", ticks: 5 },
    y: { label: "share of runs", domain: [0, 1], ticks: 5 },
    marks: [
      Plot.gridY({ stroke: "var(--grid)", strokeOpacity: 1 }),
      Plot.areaY(points, {
        x: "threshold",
        y1: "low",
        y2: "high",
        z: "arm",
        fill,
        fillOpacity: 0.15,
        curve: "step-after",
      }),
      ...series.map(({ name, colour, dash }) =>
        Plot.lineY(points.filter(({ arm }) => arm === name), {
          x: "threshold",
          y: "share",
          stroke: colour,
          strokeWidth: 2.2,
          strokeDasharray: dash,
          curve: "step-after",
        })
      ),
    ],
  });
}
