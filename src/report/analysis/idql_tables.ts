/**
 * The evidence about IDQL, averaged over seeds.
 *
 * @module
 */
import {
  type Actor,
  ACTORS,
  CHOOSERS,
  IDQL_ARMS,
  type IdqlEvidence,
} from "../../experiments/analysis/idql_probe.ts";
import { environments, type EnvName } from "../../envs/mod.ts";
import type { Metric } from "../../experiments/score.ts";
import { meanScore, pairedSummary, scoreDifference, type Summary, summary } from "../summary.ts";
import type { MeasureRow, MeasureTable } from "./measures.ts";

/** The evidence of one environment and seed. */
export interface IdqlFinding {
  readonly env: string;
  readonly seed: number;
  readonly evidence: IdqlEvidence;
}

type Read = (evidence: IdqlEvidence) => number;

/** Tables of all findings, environment by environment. */
export const idqlTables = (findings: readonly IdqlFinding[]): MeasureTable[] =>
  [normTable, gapTable, choiceTable, scoreTable, gainTable].map((table) => table(findings));

const perEnvironment = (
  findings: readonly IdqlFinding[],
  rows: (env: string, evidence: readonly IdqlEvidence[]) => readonly MeasureRow[],
): MeasureRow[] =>
  [...Map.groupBy(findings, ({ env }) => env)].flatMap(([env, own]) =>
    rows(env, own.map(({ evidence }) => evidence))
  );

/** AdamW, ADAPG and their difference paired by seed. */
function bothArms(
  evidence: readonly IdqlEvidence[],
  read: (arm: typeof IDQL_ARMS[number]) => Read,
): (Summary | null)[] {
  const [adamw, adapg] = IDQL_ARMS.map((arm) => evidence.map(read(arm)));
  return [summary(adamw), summary(adapg), pairedSummary(adapg, adamw)];
}

const normTable = (findings: readonly IdqlFinding[]): MeasureTable => ({
  title: "Updates",
  note: "‖θ_final − θ_0‖ of each network; mean over seeds with 95 % t intervals.",
  header: ["environment", "network", "AdamW", "ADAPG", "ADAPG − AdamW"],
  rows: perEnvironment(
    findings,
    (env, evidence) =>
      Object.keys(evidence[0].norms.adamw).map((network) => ({
        labels: [env, network],
        values: bothArms(evidence, (arm) => ({ norms }) => norms[arm][network].update),
      })),
  ),
});

const GAPS: Readonly<Record<string, (gaps: IdqlEvidence["choices"][Actor]["adamw"]) => number>> = {
  "max − mean of Q": ({ gap }) => gap,
  "std of Q": ({ spread }) => spread,
  "(max − mean) / scale of Q": ({ gap, scale }) => gap / scale,
  "(max − mean) / std over observations": (g) => g.gap / g.acrossObservations,
};

const gapTable = (findings: readonly IdqlFinding[]): MeasureTable => ({
  title: "Value gaps between candidates",
  note:
    "By the target critic of each arm, smaller of two Q, over the candidates of each observation. The scale is the mean of |Q|.",
  header: ["environment", "candidates of", "quantity", "AdamW", "ADAPG", "ADAPG − AdamW"],
  rows: perEnvironment(
    findings,
    (env, evidence) =>
      ACTORS.flatMap((actor) =>
        Object.entries(GAPS).map(([name, gap]) => ({
          labels: [env, actor, name],
          values: bothArms(evidence, (arm) => ({ choices }) => gap(choices[actor][arm])),
        }))
      ),
  ),
});

const choiceTable = (findings: readonly IdqlFinding[]): MeasureTable => ({
  title: "Choices",
  note:
    "Share of observations for which the critics of the two arms choose different candidates among the same ones, and " +
    "the\nmean correlation of their values. By chance they would differ in the share of the last column.",
  header: ["environment", "candidates of", "choices differ", "correlation", "by chance"],
  rows: perEnvironment(findings, (env, evidence) =>
    ACTORS.map((actor) => ({
      labels: [env, actor],
      values: [
        summary(evidence.map(({ choices }) => choices[actor].disagreement)),
        summary(evidence.map(({ choices }) => choices[actor].correlation)),
        1 - 1 / evidence[0].candidates,
      ],
    }))),
});

const metricOf = (env: string): Metric => environments[env as EnvName].spec.metric;

const scoreTable = (findings: readonly IdqlFinding[]): MeasureTable => ({
  title: "Actor against selection",
  note:
    "Evaluation score by who samples the candidates and whose critic chooses; one sample and no choice in the first column.\n" +
    "Means over seeds with 95 % t intervals, of success rates as well, where they end at 0 and 1: Table I has Wilson's for\n" +
    "those, which need the number of episodes, and the analysis does not record it.",
  header: ["environment", "actor", "no choice", "AdamW's critic", "ADAPG's critic"],
  rows: perEnvironment(findings, (env, evidence) =>
    ACTORS.map((actor) => ({
      labels: [env, actor],
      values: CHOOSERS.map((chooser) =>
        meanScore(evidence.map(({ scores }) => scores[actor][chooser]), metricOf(env))
      ),
    }))),
});

const GAINS: Readonly<Record<string, readonly [plus: Read, minus: Read]>> = {
  "training of the actor, AdamW": [(e) => e.scores.adamw.none, (e) => e.scores.pretrained.none],
  "training of the actor, ADAPG": [(e) => e.scores.adapg.none, (e) => e.scores.pretrained.none],
  "selection, AdamW": [(e) => e.scores.adamw.adamw, (e) => e.scores.adamw.none],
  "selection, ADAPG": [(e) => e.scores.adapg.adapg, (e) => e.scores.adapg.none],
  "ADAPG's actor in place of AdamW's, AdamW's critic": [
    (e) => e.scores.adapg.adamw,
    (e) => e.scores.adamw.adamw,
  ],
  "ADAPG's critic in place of AdamW's, AdamW's actor": [
    (e) => e.scores.adamw.adapg,
    (e) => e.scores.adamw.adamw,
  ],
  "both in place of AdamW's": [(e) => e.scores.adapg.adapg, (e) => e.scores.adamw.adamw],
};

const gainTable = (findings: readonly IdqlFinding[]): MeasureTable => ({
  title: "What the score is made of",
  note:
    "Differences of evaluation scores, paired by seed, with 95 % t intervals, which end at −1 and 1 for success rates.",
  header: ["environment", "what", "gain", "seeds"],
  rows: perEnvironment(
    findings,
    (env, evidence) =>
      Object.entries(GAINS).map(([name, [plus, minus]]) => ({
        labels: [env, name],
        values: [
          scoreDifference(evidence.map(plus), evidence.map(minus), { metric: metricOf(env) }),
          evidence.length,
        ],
      })),
  ),
});
