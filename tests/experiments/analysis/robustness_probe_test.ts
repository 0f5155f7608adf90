import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { mujocoEngines } from "../../../src/adapters/mujoco_engines.ts";
import { parseCheckpoint } from "../../../src/data/checkpoint.ts";
import {
  PERTURBATIONS,
  perturbedEnvironment,
  perturbedPlans,
  scoresUnder,
} from "../../../src/experiments/analysis/robustness_probe.ts";
import { type Cell, DEFAULTS } from "../../../src/experiments/cell.ts";
import { evaluatePolicy } from "../../../src/experiments/evaluate.ts";
import { openCell, pretrainedPath } from "../../../src/experiments/open_cell.ts";
import { scoreOf } from "../../../src/experiments/score.ts";
import { readBytes } from "../../../tasks/io.ts";

const cell: Cell = {
  ...DEFAULTS,
  env: "hopper",
  method: "dppo",
  optimizer: "adamw",
  variant: {},
  seed: 0,
};
const path = pretrainedPath(cell), file = readBytes(path);
const opened = openCell(cell, file, mujocoEngines);
const trial = { ...opened, evaluation: { ...opened.evaluation, episodes: 1 } };
const { method } = trial, state = method.init(trial.pretrained, trial.streams.init);

Deno.test("scoresUnder() without a change is the evaluation itself, and every change changes it", () => {
  const plans = perturbedPlans(trial, file, mujocoEngines),
    scores = scoresUnder(method, state, plans);
  assertEquals(Object.keys(scores), Object.keys(PERTURBATIONS));
  const episodes = evaluatePolicy(method, state, trial.evaluation);
  assertEquals(scores.none, scoreOf("return", episodes));
  for (const [name, score] of Object.entries(scores)) {
    if (name !== "none") assertNotEquals(score, scores.none, name);
  }
});

Deno.test("perturbedEnvironment() refuses environments that are not of locomotion", () => {
  const { normalization } = parseCheckpoint(file, path);
  assertThrows(
    () => perturbedEnvironment("lift", mujocoEngines, normalization, {}),
    RangeError,
    "allowed are hopper",
  );
});
