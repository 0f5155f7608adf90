/**
 * Why IDQL does or does not gain: the evidence of `reproduce:idql` beyond its table.
 *
 * @module
 */
import { mujocoEngines } from "../../src/adapters/mujoco_engines.ts";
import { environments } from "../../src/envs/mod.ts";
import {
  IDQL_ARMS,
  type IdqlArm,
  type IdqlEvidence,
  idqlProbe,
} from "../../src/experiments/analysis/idql_probe.ts";
import { cellPath } from "../../src/experiments/cell.ts";
import { configure } from "../../src/experiments/hyperparameters.ts";
import { openCell } from "../../src/experiments/open_cell.ts";
import type { Trial } from "../../src/experiments/run_cell.ts";
import type { IdqlState } from "../../src/methods/idql.ts";
import type { IdqlHyper } from "../../src/methods/replay_hyper.ts";
import type { IdqlFinding } from "../../src/report/analysis/idql_tables.ts";
import type { Analysis } from "./analysis.ts";
import { type Paired, pairsOf, requirePublished } from "./paired_cells.ts";
import type { TrainedCell } from "./trained_cells.ts";

/** Update norms, value gaps, choices and the cross of actors and critics. */
export const idqlAnalysis: Analysis = {
  module: "tasks/analysis/idql.ts",
  run({ cells, leftOut, say }) {
    const { pairs, single } = pairsOf(cells, IDQL_ARMS);
    const findings = pairs.map((pair): IdqlFinding => {
      say(`analysing ${pair.name}`);
      return { env: pair.env, seed: pair.seed, evidence: evidenceOf(pair.arms) };
    });
    return { findings, leftOut: [...leftOut, ...single] };
  },
};

function evidenceOf(arms: Paired<IdqlArm>["arms"]): IdqlEvidence {
  const { cell, pretrained } = arms.adamw;
  const trial = openCell(cell, pretrained, mujocoEngines) as Trial<IdqlState, unknown>;
  const { spec } = environments[cell.env];
  const { hyper } = configure("idql", spec, cell.profile, cell.fidelity, cell.variant);
  const state = (arm: TrainedCell) => arm.state() as IdqlState;
  const evidence = idqlProbe(trial, hyper as IdqlHyper, {
    adamw: state(arms.adamw),
    adapg: state(arms.adapg),
  });
  for (const arm of IDQL_ARMS) {
    requirePublished(arms[arm], evidence.scores[arm][arm], cellPath(arms[arm].cell));
  }
  return evidence;
}
