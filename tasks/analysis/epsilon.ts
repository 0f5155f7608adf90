/**
 * Monitors of the optimizers: the evidence of `reproduce:epsilon` beyond its table.
 *
 * @module
 */
import { optimizersIn } from "../../src/experiments/analysis/networks_in.ts";
import { optimizerOptions } from "../../src/experiments/arm_optimizer.ts";
import { armName } from "../../src/experiments/cell.ts";
import { hasMoments, momentMonitors } from "../../src/experiments/moment_monitors.ts";
import { measuresMarkdown } from "../../src/report/analysis/measures.ts";
import { type MomentFinding, momentTables } from "../../src/report/analysis/moment_tables.ts";
import { type Analysis, leftOutNote, pretty } from "./analysis.ts";
import type { TrainedCell } from "./trained_cells.ts";

/** Gradient norms, shares of √v̂ below ε and overflow, from the last checkpoints. */
export const epsilonAnalysis: Analysis = {
  name: "analysis",
  module: "tasks/analysis/epsilon.ts",
  kinds: ["json", "md"],
  run({ cells, leftOut, setting, say }) {
    const findings = cells.flatMap((cell) => {
      say(`analysing ${cell.cell.env}, ${armName(cell.cell)}, seed ${cell.cell.seed}`);
      return findingsOf(cell);
    });
    const { profile, budget } = setting;
    const title = `Optimizers after training, profile ${profile}, budget ${budget}`;
    return {
      json: pretty({ setting, findings, leftOut }),
      md: measuresMarkdown(title, momentTables(findings)) + leftOutNote(leftOut),
    };
  },
};

function findingsOf({ cell, iteration, scores, state }: TrainedCell): MomentFinding[] {
  const { env, method, seed } = cell, { eps } = optimizerOptions(cell);
  return Object.entries(optimizersIn(state())).flatMap(([network, optimizer]) =>
    hasMoments(optimizer)
      ? [{
        env,
        method,
        arm: armName(cell),
        eps,
        seed,
        network,
        iteration,
        monitors: momentMonitors(optimizer, eps),
        diverged: scores.diverged,
      }]
      : []
  );
}
