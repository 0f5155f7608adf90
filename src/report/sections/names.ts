/**
 * How the report calls things.
 *
 * @module
 */
import { distinct } from "../cell_score.ts";
import type { Verdict } from "../claims/judgement.ts";
import { MIN_SEEDS } from "../comparisons.ts";
import type { Text } from "../page/blocks.ts";

/** Environments as their makers write them; methods in capitals, as in the literature. */
const ENVIRONMENTS: Readonly<Record<string, string>> = {
  hopper: "Hopper",
  walker2d: "Walker2d",
  halfcheetah: "HalfCheetah",
  lift: "Lift",
  can: "Can",
  square: "Square",
};

/** `Hopper · DPPO` for `hopper/dppo`. */
export function cellTitle(cell: string): string {
  const [env, method] = cell.split("/");
  return `${envTitle(env)} · ${method.toUpperCase()}`;
}

/** `HalfCheetah` for `halfcheetah`. */
export const envTitle = (env: string): string => ENVIRONMENTS[env] ?? env;

/** `Lift (DIPO, DQL), Square`: comparisons by environment, methods only where others of the plan are there. */
export function listed(comparisons: readonly string[], planned: readonly string[]): string {
  const methodsIn = (names: readonly string[], env: string) =>
    names.filter((name) => name.startsWith(`${env}/`)).map((name) => name.split("/")[1]);
  const envs = distinct(comparisons.map((name) => name.split("/")[0]));
  return envs.map((env) => {
    const methods = methodsIn(comparisons, env);
    if (methods.length === methodsIn(planned, env).length) return envTitle(env);
    return `${envTitle(env)} (${methods.map((method) => method.toUpperCase()).join(", ")})`;
  }).join(", ");
}

/** A verdict, bold where it decides something. */
export const shownVerdict = (verdict: Verdict): Text =>
  verdict === "inconclusive" ? verdict : [{ strong: verdict }];

/** `1 seed`, `3 seeds`. */
export const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

/** What stands where nothing can be compared. */
export const NOTHING_COMPARED = `No comparison has ${MIN_SEEDS} seeds in both arms yet.`;
