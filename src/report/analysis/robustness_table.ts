/**
 * Scores of policies under changes of their environment, averaged over seeds.
 *
 * @module
 */
import {
  type PerturbationName,
  PERTURBATIONS,
  type PerturbedScores,
} from "../../experiments/analysis/robustness_probe.ts";
import { pairedSummary, type Summary, summary } from "../summary.ts";
import { csv, summaryColumns } from "../text_table.ts";
import type { MeasureTable } from "./measures.ts";

/** Who is compared. */
export const POLICIES = ["pretrained", "adamw", "adapg"] as const;
export type Policy = typeof POLICIES[number];

/** Every change, and none. */
export const CHANGES = Object.keys(PERTURBATIONS) as PerturbationName[];

/** Scores of the policies that share an environment and a seed; the pre-trained one is the same for all seeds. */
export interface RobustnessFinding {
  readonly env: string;
  readonly seed: number;
  readonly scores: Readonly<Record<Policy, PerturbedScores>>;
}

/** One policy under one change. */
export interface RobustnessRow {
  readonly env: string;
  readonly change: PerturbationName;
  readonly policy: Policy;
  readonly score: Summary | null;
  /** This policy minus AdamW's under the same change, paired by seed. */
  readonly minusAdamw: Summary | null;
  /** 1 − score / score without the change; null where that is not positive. */
  readonly drop: Summary | null;
  /** This policy's drop minus AdamW's, paired by seed: below 0 where this one is more robust. */
  readonly dropMinusAdamw: Summary | null;
}

/** Every environment, change and policy. */
export const robustnessRows = (findings: readonly RobustnessFinding[]): RobustnessRow[] =>
  [...Map.groupBy(findings, ({ env }) => env).values()].flatMap((own) =>
    CHANGES.flatMap((change) => POLICIES.map((policy) => rowOf(own, change, policy)))
  );

function rowOf(
  findings: readonly RobustnessFinding[],
  change: PerturbationName,
  policy: Policy,
): RobustnessRow {
  const score = (who: Policy) => findings.map(({ scores }) => scores[who][change]);
  const own = dropsOf(findings, change, policy), base = dropsOf(findings, change, "adamw");
  const isBase = policy === "adamw";
  // The pre-trained policy is one policy, however many seeds it is compared with.
  const distinctRuns = (x: readonly number[]) => policy === "pretrained" ? x.slice(0, 1) : x;
  return {
    env: findings[0].env,
    change,
    policy,
    score: summary(distinctRuns(score(policy))),
    minusAdamw: isBase ? null : pairedSummary(score(policy), score("adamw")),
    drop: own === undefined ? null : summary(distinctRuns(own)),
    dropMinusAdamw: isBase || own === undefined || base === undefined
      ? null
      : pairedSummary(own, base),
  };
}

/** 1 − score / score without the change, by seed; undefined where a score without it is not positive. */
export function dropsOf(
  findings: readonly RobustnessFinding[],
  change: PerturbationName,
  policy: Policy,
): number[] | undefined {
  const own = findings.map(({ scores }) => scores[policy]);
  return own.every(({ none }) => none > 0)
    ? own.map((scores) => 1 - scores[change] / scores.none)
    : undefined;
}

/** The rows as a table for readers. */
export const robustnessTable = (rows: readonly RobustnessRow[]): MeasureTable => ({
  title: "Scores under changes",
  note:
    "Mean over seeds with 95 % t intervals; differences are paired by seed. The drop is 1 − score / score without a\n" +
    "change; a policy is more robust than AdamW's where its drop is smaller.",
  header: [
    "environment",
    "change",
    "policy",
    "score",
    "minus AdamW",
    "drop",
    "drop minus AdamW's",
  ],
  rows: rows.map(({ env, change, policy, score, minusAdamw, drop, dropMinusAdamw }) => ({
    labels: [env, change, policy],
    values: [score, minusAdamw, drop, dropMinusAdamw],
  })),
});

/** One line per row, numbers in full precision. */
export const robustnessCsv = (rows: readonly RobustnessRow[]): string =>
  csv(rows.map((row) => ({
    environment: row.env,
    change: row.change,
    policy: row.policy,
    ...summaryColumns("score", row.score),
    ...summaryColumns("minus_adamw", row.minusAdamw),
    ...summaryColumns("drop", row.drop),
    ...summaryColumns("drop_minus_adamw", row.dropMinusAdamw),
  })));
