/**
 * What training logged, arm by arm.
 *
 * @module
 */
import { mean } from "../../stats/moments.ts";
import { cellName, distinct } from "../cell_score.ts";
import type { Logged, Run, StudyEvidence } from "../evidence.ts";
import { significant } from "../numbers.ts";
import type { Block, Text } from "../page/blocks.ts";
import { cellTitle } from "./names.ts";

/** Logged, but no measurement of training. */
const OTHER = ["iteration", "mode", "episodes", "successRate", "meanReturn", "meanBestReward"];

/** The share of training iterations, from the end, that is averaged. */
const LAST = 0.25;

/** For each environment a table of logged numbers by arm. */
export function diagnostics({ runs }: StudyEvidence): Block[] {
  const groups = Map.groupBy(runs, ({ score }) => cellName(score));
  const blocks = [...groups.values()].map(tableOf);
  return [{ kind: "details", summary: "What training logged", blocks }];
}

function tableOf(runs: readonly Run[]): Block {
  const arms = [...Map.groupBy(runs, ({ score }) => score.arm)];
  const names = distinct(runs.flatMap(trainingLogs).flatMap(Object.keys))
    .filter((name) => !OTHER.includes(name)).sort();
  return {
    kind: "table",
    caption: `${
      cellTitle(runs[0].score)
    }: means over seeds and the last quarter of the training iterations`,
    numbers: [1, 1 + arms.length],
    header: ["logged", ...arms.map(([arm]) => arm)],
    rows: names.map((name): Text[] => [
      [{ code: name }],
      ...arms.map(([, own]) => shownMean(own, name)),
    ]),
  };
}

/** Evaluation iterations train nothing and log other numbers. */
const trainingLogs = ({ logs }: Run): Logged[] => logs.filter(({ mode }) => mode === "train");

function shownMean(runs: readonly Run[], name: string): string {
  const values = runs.flatMap((run) => {
    const training = trainingLogs(run);
    return training.slice(Math.floor((1 - LAST) * training.length)).map((log) => log[name]);
  }).filter((value): value is number => typeof value === "number" && Number.isFinite(value));
  return values.length === 0 ? "–" : significant(mean(values), 3);
}
