/**
 * The axis of scores.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import type { Metric } from "../../experiments/score.ts";
import type { Limits } from "./interval_marks.ts";

/** Room beyond the outermost value, as a share of the range. */
const ROOM = 0.12;

/** Success rates reach from 0 to 1; returns around the values that are shown. */
export function scoreAxis(
  metric: Metric,
  values: readonly number[],
): Plot.ScaleOptions & { readonly domain: Limits } {
  if (metric === "success") return { label: "success rate", domain: [0, 1], ticks: 5 };
  const low = Math.min(...values), high = Math.max(...values);
  const room = ROOM * (high - low || Math.abs(high) || 1);
  return { label: "return", domain: [low - room, high + room], ticks: 5, tickFormat: "~s" };
}
