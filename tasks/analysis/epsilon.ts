/**
 * Monitors of the optimizers: the evidence of `reproduce:epsilon` beyond its table.
 *
 * @module
 */
import { momentFindings } from "../../src/experiments/analysis/moment_findings.ts";
import { cellPath } from "../../src/experiments/cell.ts";
import type { Analysis } from "./analysis.ts";

/** Gradient norms, shares of √v̂ below ε and overflow, from the last checkpoints. */
export const epsilonAnalysis: Analysis = {
  module: "tasks/analysis/epsilon.ts",
  run({ cells, leftOut, say }) {
    const findings = cells.flatMap(({ cell, iteration, scores: { diverged }, state }) => {
      say(`analysing ${cellPath(cell)}`);
      return momentFindings(cell, state(), { iteration, diverged });
    });
    return { findings, leftOut };
  },
};
