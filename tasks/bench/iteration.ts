/**
 * One iteration of a cell and what it is made of.
 *
 * @module
 */
import { mujocoEngines } from "../../src/adapters/mujoco_engines.ts";
import { environments } from "../../src/envs/mod.ts";
import { evaluatePolicy } from "../../src/experiments/evaluate.ts";
import { configure } from "../../src/experiments/hyperparameters.ts";
import { openCell } from "../../src/experiments/open_cell.ts";
import { dppoData } from "../../src/methods/dppo_data.ts";
import type { DppoHyper } from "../../src/methods/dppo_hyper.ts";
import { dppoSetup, type DppoState } from "../../src/methods/dppo_state.ts";
import { collectRollout } from "../../src/rl/rollout.ts";
import { CELL, pretrainedFile } from "./cells.ts";
import { type Figure, milliseconds, slower } from "./measure.ts";

const EPISODES = 10;

/** DPPO as the cell configures it. */
function setupOfCell() {
  const { spec } = environments[CELL.env];
  return dppoSetup(configure("dppo", spec, CELL.profile, CELL.fidelity).hyper as DppoHyper);
}

/** Rollout, update and evaluation from the pre-trained policy on; the update begins with values and log-probabilities. */
export function* iterationFigures(): Generator<Figure> {
  const { method, pretrained, env, loop, evaluation, streams } = openCell(
    CELL,
    pretrainedFile(),
    mujocoEngines,
  );
  const state = method.init(pretrained, streams.init), setup = setupOfCell();
  const collect = () =>
    collectRollout(method, state, env, undefined, {
      iteration: 1,
      chunks: loop.nSteps,
      mode: "explore",
      resetKey: streams.resets(1),
      actKey: streams.act(1),
    }).rollout;
  const rollout = collect();
  const prepare = () => dppoData(setup, state as DppoState, rollout);
  const update = () => method.update(state, rollout, streams.update(1));
  const evaluate = () => evaluatePolicy(method, state, { ...evaluation, episodes: EPISODES });
  const group = `${CELL.profile} ${CELL.method} iteration, ${CELL.env}`;
  const [collecting, preparing, updating] = [collect, prepare, update].map((f) => milliseconds(f));
  yield slower(group, "rollout", collecting);
  yield slower(group, "values and log-probabilities", preparing);
  yield slower(group, "gradients and steps", updating - preparing);
  yield slower(group, "whole iteration", collecting + updating);
  yield slower(group, `evaluation, ${EPISODES} episodes`, milliseconds(evaluate));
}
