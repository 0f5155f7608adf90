/**
 * Policies under noise, delay and other dynamics: the evidence of `reproduce:robustness` beyond its table.
 *
 * @module
 */
import { mujocoEngines } from "../../src/adapters/mujoco_engines.ts";
import {
  type PerturbedPlans,
  perturbedPlans,
  type PerturbedScores,
  scoresUnder,
} from "../../src/experiments/analysis/robustness_probe.ts";
import { cellPath } from "../../src/experiments/cell.ts";
import { openCell } from "../../src/experiments/open_cell.ts";
import type { RobustnessFinding } from "../../src/report/analysis/robustness_table.ts";
import type { Analysis } from "./analysis.ts";
import { type Paired, pairsOf, requirePublished } from "./paired_cells.ts";

const ARMS = ["adamw", "adapg"] as const;
type Pair = Paired<typeof ARMS[number]>;

/** Scores of the pre-trained policy and of both arms under every change. */
export const robustnessAnalysis: Analysis = {
  module: "tasks/analysis/robustness.ts",
  run({ cells, leftOut, say }) {
    const { pairs, single } = pairsOf(cells, ARMS), begin = once(beginningOf);
    const findings = pairs.map((pair): RobustnessFinding => {
      say(`perturbing ${pair.name}`);
      const { plans, pretrained } = begin(pair.env, pair);
      const [adamw, adapg] = ARMS.map((arm) => armScores(pair, arm, plans));
      return { env: pair.env, seed: pair.seed, scores: { pretrained, adamw, adapg } };
    });
    return { findings, leftOut: [...leftOut, ...single] };
  },
};

/** The changed environments and the pre-trained policy's scores in them, which all seeds share. */
function beginningOf({ arms: { adamw } }: Pair) {
  const trial = openCell(adamw.cell, adamw.pretrained, mujocoEngines);
  const plans = perturbedPlans(trial, adamw.pretrained, mujocoEngines);
  const initial = trial.method.init(trial.pretrained, trial.streams.init);
  return { plans, pretrained: scoresUnder(trial.method, initial, plans) };
}

function armScores({ arms }: Pair, arm: typeof ARMS[number], plans: PerturbedPlans) {
  const { cell, pretrained, state } = arms[arm];
  const { method } = openCell(cell, pretrained, mujocoEngines);
  const scores: PerturbedScores = scoresUnder(method, state(), plans);
  requirePublished(arms[arm], scores.none, cellPath(cell));
  return scores;
}

/** A function of what is named by its key, called once for each. */
function once<A, B>(f: (argument: A) => B): (key: string, argument: A) => B {
  const known = new Map<string, B>();
  return (key, argument) => {
    if (!known.has(key)) known.set(key, f(argument));
    return known.get(key)!;
  };
}
