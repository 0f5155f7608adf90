/**
 * Scores against the episodes and logs that they follow from.
 *
 * @module
 */
import { environments } from "../../src/envs/mod.ts";
import { budgets } from "../../src/experiments/budgets.ts";
import { type Cell, cellPath } from "../../src/experiments/cell.ts";
import { type CellScores, cellScores } from "../../src/experiments/score.ts";
import type { Json } from "../../src/provenance/strict_json.ts";
import type { Check } from "../../src/report/audit.ts";
import { jsonDifference } from "../../src/report/audit_difference.ts";
import type { PlanCell } from "../study/plan.ts";
import { folderOf } from "../study/published.ts";
import { checkEach } from "./check.ts";
import { digestsOf, type LoggedMetrics, metricsOf, scoresOf } from "./published_cell.ts";

/** Every score is that of its episodes, the curve that of the log; both logs and the episodes are complete. */
export function checkScores(table: string, cells: readonly Cell[], plan: PlanCell): Check {
  return checkEach("scores", "follow from their episodes and logs", cells, (cell) => {
    const folder = folderOf(table, cell), scores = scoresOf(folder), metrics = metricsOf(folder);
    const { iterations } = plan(cell);
    return [
      ...valueFaults(cell, scores, metrics),
      ...endFaults(cell, scores),
      ...lineFaults("digests.jsonl", digestsOf(folder), scores, iterations),
      ...lineFaults("metrics.jsonl", metrics, scores, iterations),
    ].map((fault) => `${cellPath(cell)}: ${fault}`);
  });
}

function valueFaults(
  { env }: Cell,
  published: CellScores,
  metrics: readonly LoggedMetrics[],
): string[] {
  const { pretrained, final, diverged } = published, { metric } = environments[env].spec;
  const run = {
    pretrained: pretrained.episodes,
    final: final?.episodes,
    diverged: diverged ?? undefined,
  };
  const [was, is] = [published, cellScores(metric, run, metrics)] as unknown as Json[];
  const difference = jsonDifference(was, is);
  return difference === undefined
    ? []
    : [`scores.json says otherwise than its episodes and metrics.jsonl: ${difference}`];
}

/** A run ends with as many final episodes as its budget asks for, or it diverges. */
function endFaults({ profile, budget }: Cell, scores: CellScores): string[] {
  const { pretrained, final, diverged } = scores, { episodes } = budgets[profile][budget];
  const counts = [pretrained, ...(final === null ? [] : [final])].map((e) => e.episodes.length);
  return [
    ...counts.filter((count) => count !== episodes)
      .map((count) => `scores.json must hold ${episodes} episodes of each policy, found ${count}`),
    ...((diverged === null) === (final === null)
      ? ["scores.json must hold either final episodes or where the run diverged"]
      : []),
  ];
}

/** One line per iteration in their order. A run that diverged has those before, or all where its end did. */
function lineFaults(
  file: string,
  lines: readonly { readonly iteration: number }[],
  { diverged }: CellScores,
  iterations: number,
): string[] {
  const at = lines.findIndex(({ iteration }, i) => iteration !== i), { length } = lines;
  const allowed = [...(diverged === null ? [] : [diverged.iteration]), iterations];
  return [
    ...(at < 0 ? [] : [`${file}: line ${at + 1} is of iteration ${lines[at].iteration}`]),
    ...(allowed.includes(length)
      ? []
      : [`${file} must hold ${allowed.join(" or ")} iterations, found ${length}`]),
  ];
}
