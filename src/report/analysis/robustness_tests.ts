/**
 * Whether ADAPG's policies lose more or less under changes than AdamW's, corrected for how many changes there are.
 *
 * @module
 */
import type { PerturbationName } from "../../experiments/analysis/robustness_probe.ts";
import { holm } from "../../stats/multiple_comparisons.ts";
import { pairedTTest } from "../../stats/paired.ts";
import { pairedSummary, type Summary } from "../summary.ts";
import type { MeasureTable } from "./measures.ts";
import { CHANGES, dropsOf, type RobustnessFinding } from "./robustness_table.ts";

/** One change in one environment. */
export interface RobustnessTest {
  readonly env: string;
  readonly change: PerturbationName;
  /** ADAPG's drop minus AdamW's, paired by seed. */
  readonly difference: Summary | null;
  /** Of the paired t test, as it is and adjusted over all changes of all environments. */
  readonly p: number;
  readonly holm: number;
}

/** Every environment and change where both arms' drops are defined. */
export function robustnessTests(findings: readonly RobustnessFinding[]): RobustnessTest[] {
  const changes = CHANGES.filter((change) => change !== "none");
  const found = [...Map.groupBy(findings, ({ env }) => env)].flatMap(([env, own]) =>
    changes.flatMap((change) => {
      const adapg = dropsOf(own, change, "adapg"), adamw = dropsOf(own, change, "adamw");
      if (adapg === undefined || adamw === undefined) return [];
      const difference = pairedSummary(adapg, adamw), p = pairedTTest(adapg, adamw);
      return [{ env, change, difference, p }];
    })
  );
  const adjusted = holm(found.map(({ p }) => p));
  return found.map((test, i) => ({ ...test, holm: adjusted[i] }));
}

/** The tests as a table for readers. */
export const robustnessTestsTable = (tests: readonly RobustnessTest[]): MeasureTable => ({
  title: "Drops, ADAPG against AdamW, corrected (post hoc)",
  note:
    "ADAPG's drop minus AdamW's, paired by seed, with 95 % t intervals; p of the paired t test, as it is and after Holm\n" +
    "over all changes of all environments. Below 0 ADAPG is more robust.",
  header: ["environment", "change", "drop minus AdamW's", "p", "Holm"],
  rows: tests.map(({ env, change, difference, p, holm }) => ({
    labels: [env, change],
    values: [difference, p, holm],
  })),
});
