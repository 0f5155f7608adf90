/**
 * What a person needs to check an import.
 *
 * @module
 */
import { quote } from "../../provenance/format_error.ts";
import { mean, quantile } from "../../stats/moments.ts";
import type { Dropped, Layout } from "./recording.ts";

/** Five quantiles and the mean of a sample. */
export interface Spread {
  readonly mean: number;
  readonly min: number;
  readonly q25: number;
  readonly median: number;
  readonly q75: number;
  readonly max: number;
}

/** An imported data set in numbers; ranges are in the environment's units. */
export interface ImportSummary {
  readonly environment: string;
  readonly layout: Layout;
  readonly origin: Readonly<Record<string, string | number>>;
  readonly episodes: number;
  readonly steps: number;
  readonly returns: Spread | null;
  readonly lengths: Spread | null;
  readonly terminals: number;
  readonly observations: ColumnRanges;
  readonly actions: ColumnRanges;
  readonly dropped: readonly Dropped[];
  readonly notes: readonly string[];
}

/** Least and greatest value per column. */
export interface ColumnRanges {
  readonly min: readonly number[];
  readonly max: readonly number[];
}

/** The spread of values; null of none. Quantiles interpolate linearly between neighbours. */
export function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  const [min, q25, median, q75, max] = [0, 0.25, 0.5, 0.75, 1].map((q) => quantile(values, q));
  return { mean: mean(values), min, q25, median, q75, max };
}

/** The summary as lines of text. */
export function formatSummary(summary: ImportSummary): string {
  const { environment, layout, origin, episodes, steps, returns, lengths } = summary;
  const about = Object.entries(origin).map(([key, value]) => `${key} ${quote(String(value))}`)
    .join(", ");
  return [
    `environment   ${environment}`,
    `layout        ${layout}${about === "" ? "" : ` (${about})`}`,
    `episodes      ${episodes}`,
    `steps         ${steps}, ${summary.terminals} of them terminal`,
    `length        ${spreadText(lengths)}`,
    `return        ${spreadText(returns)}`,
    ...rangeLines("observation", summary.observations),
    ...rangeLines("action", summary.actions),
    ...summary.dropped.map(({ what, why }) => `dropped       ${what}: ${why}`),
    ...summary.notes.map((note) => `note          ${note}`),
  ].join("\n");
}

const spreadText = (spread: Spread | null): string =>
  spread === null ? "no episodes" : `mean ${short(spread.mean)}, quantiles 0/25/50/75/100 %: ` +
    [spread.min, spread.q25, spread.median, spread.q75, spread.max].map(short).join("  ");

const short = (value: number): string => String(Number(value.toPrecision(6)));

const rangeLines = (name: string, { min, max }: ColumnRanges): string[] =>
  min.map((low, i) => {
    const label = `${name} ${i}`.padEnd(14);
    return `${label}${short(low).padStart(12)} … ${short(max[i])}`;
  });
