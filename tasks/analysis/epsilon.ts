/**
 * Monitors of the optimizers: the evidence of `reproduce:epsilon` beyond its table.
 *
 * @module
 */
import { momentFindings } from "../../src/experiments/analysis/moment_findings.ts";
import { cellPath } from "../../src/experiments/cell.ts";
import { measuresMarkdown } from "../../src/report/analysis/measures.ts";
import { momentTables } from "../../src/report/analysis/moment_tables.ts";
import { pretty } from "../study/publish.ts";
import { type Analysis, leftOutNote } from "./analysis.ts";

/** Gradient norms, shares of √v̂ below ε and overflow, from the last checkpoints. */
export const epsilonAnalysis: Analysis = {
  module: "tasks/analysis/epsilon.ts",
  kinds: ["json", "md"],
  run({ cells, leftOut, setting, say }) {
    const findings = cells.flatMap(({ cell, iteration, scores: { diverged }, state }) => {
      say(`analysing ${cellPath(cell)}`);
      return momentFindings(cell, state(), { iteration, diverged });
    });
    const { profile, budget } = setting;
    const title = `Optimizers after training, profile ${profile}, budget ${budget}`;
    return {
      json: pretty({ setting, findings, leftOut }),
      md: measuresMarkdown(title, momentTables(findings)) + leftOutNote(leftOut),
    };
  },
};
