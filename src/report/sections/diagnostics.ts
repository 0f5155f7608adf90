/**
 * What training logged, arm by arm.
 *
 * @module
 */
import { mean } from "../../stats/moments.ts";
import { cellName, distinct } from "../cell_score.ts";
import type { Run, StudyEvidence } from "../evidence.ts";
import { significant } from "../numbers.ts";
import type { Block, Text } from "../page/blocks.ts";
import { lastQuarter, trainingLogs } from "../training_logs.ts";
import { cellTitle } from "./names.ts";

/** Logged, but no measurement of training. */
const OTHER = ["iteration", "mode", "episodes", "successRate", "meanReturn", "meanBestReward"];

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

function shownMean(runs: readonly Run[], name: string): string {
  const values = runs.flatMap((run) => lastQuarter(run, name));
  return values.length === 0 ? "–" : significant(mean(values), 3);
}
