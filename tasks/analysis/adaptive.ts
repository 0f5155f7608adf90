/**
 * Where ω has gone: the evidence of `reproduce:adaptive` beyond its table.
 *
 * @module
 */
import { omegaFindings } from "../../src/experiments/analysis/omega_findings.ts";
import { cellPath } from "../../src/experiments/cell.ts";
import type { Analysis } from "./analysis.ts";

/** The ω of every network at the end of training, from the last checkpoints. */
export const adaptiveAnalysis: Analysis = {
  module: "tasks/analysis/adaptive.ts",
  measures: ({ optimizer }) => optimizer === "adaptive",
  run({ cells, leftOut, say }) {
    const { finished = [], diverged = [] } = Object.groupBy(
      cells,
      ({ scores }) => scores.final === null ? "diverged" : "finished",
    );
    const findings = finished.flatMap(({ cell, state }) => {
      say(`analysing ${cellPath(cell)}`);
      return omegaFindings(cell, state());
    });
    const without = diverged.map(({ cell }) => `${cellPath(cell)}: it diverged`);
    return { findings, leftOut: [...leftOut, ...without] };
  },
};
