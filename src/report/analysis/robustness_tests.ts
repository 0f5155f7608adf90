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
import { CHANGES, dropsOf, type Policy, type RobustnessFinding } from "./robustness_table.ts";

/** One change in one environment. */
export interface RobustnessTest {
  readonly env: string;
  readonly change: PerturbationName;
  /** ADAPG's score minus AdamW's, paired by seed, and in how many pairs it is higher. */
  readonly score: Summary | null;
  readonly ahead: number;
  /** How many of both arms' policies score less than the pre-trained one. */
  readonly belowStart: number;
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
      return [{ env, change, ...scoresUnder(own, change), difference, p }];
    })
  );
  const adjusted = holm(found.map(({ p }) => p));
  return found.map((test, i) => ({ ...test, holm: adjusted[i] }));
}

/** What drops hide: each is a share of the policy's own score. */
function scoresUnder(findings: readonly RobustnessFinding[], change: PerturbationName) {
  const of = (policy: Policy) => findings.map(({ scores }) => scores[policy][change]);
  const [adapg, adamw, start] = [of("adapg"), of("adamw"), of("pretrained")];
  const below = (scores: readonly number[]) => scores.filter((x, i) => x < start[i]).length;
  return {
    score: pairedSummary(adapg, adamw),
    ahead: adapg.filter((x, i) => x > adamw[i]).length,
    belowStart: below(adapg) + below(adamw),
  };
}

/** The tests as a table for readers. */
export const robustnessTestsTable = (tests: readonly RobustnessTest[]): MeasureTable => ({
  title: "ADAPG against AdamW under changes, corrected (post hoc)",
  note:
    "ADAPG's score and drop minus AdamW's, paired by seed, with 95 % t intervals. A drop is a share of the policy's own score\n" +
    "without the change: below 0 ADAPG is more robust, whichever scores more. p of the paired t test of drops, as it is and\n" +
    `after Holm over the ${tests.length} changes of this table. Below pre-trained: how many fine-tuned policies of both arms score\n` +
    "less under the change than the pre-trained policy does.",
  header: [
    "environment",
    "change",
    "score minus AdamW's",
    "ADAPG ahead",
    "below pre-trained",
    "drop minus AdamW's",
    "p",
    "Holm",
  ],
  rows: tests.map(({ env, change, score, ahead, belowStart, difference, p, holm }) => ({
    labels: [env, change],
    values: [
      score,
      `${ahead} of ${score?.seeds ?? 0}`,
      `${belowStart} of ${2 * (score?.seeds ?? 0)}`,
      difference,
      p,
      holm,
    ],
  })),
});
