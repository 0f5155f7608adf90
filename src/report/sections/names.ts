/**
 * How the report calls things.
 *
 * @module
 */
import type { Compared } from "../cell_score.ts";
import { MIN_SEEDS } from "../comparisons.ts";
import type { Text } from "../page/blocks.ts";
import type { Finding } from "../table1.ts";

/** Environments as their makers write them; methods in capitals, as in the literature. */
const ENVIRONMENTS: Readonly<Record<string, string>> = {
  hopper: "Hopper",
  walker2d: "Walker2d",
  halfcheetah: "HalfCheetah",
  lift: "Lift",
  can: "Can",
  square: "Square",
};

/** `Hopper · DPPO` */
export const cellTitle = ({ env, method }: Compared): string =>
  `${envTitle(env)} · ${method.toUpperCase()}`;

/** `HalfCheetah` for `halfcheetah`. */
export const envTitle = (env: string): string => ENVIRONMENTS[env] ?? env;

/** `Lift (DIPO, DQL), Square`: comparisons by environment, methods only where others of the plan are there. */
export function listed(comparisons: readonly Compared[], planned: readonly Compared[]): string {
  const all = Map.groupBy(planned, ({ env }) => env);
  return [...Map.groupBy(comparisons, ({ env }) => env)].map(([env, own]) => {
    if (own.length === all.get(env)?.length) return envTitle(env);
    return `${envTitle(env)} (${own.map(({ method }) => method.toUpperCase()).join(", ")})`;
  }).join(", ");
}

/** A verdict, bold where it decides something. */
export const shownVerdict = (verdict: Finding): Text =>
  verdict === "supported" || verdict === "not supported" ? [{ strong: verdict }] : verdict;

/** What stands where nothing can be compared. */
export const NOTHING_COMPARED = `No comparison has ${MIN_SEEDS} seeds in both arms yet.`;
