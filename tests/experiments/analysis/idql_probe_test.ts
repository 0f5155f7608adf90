import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { probes } from "../../../src/envs/probes/mod.ts";
import {
  candidateEvidence,
  valueGaps,
} from "../../../src/experiments/analysis/candidate_evidence.ts";
import { idqlProbe } from "../../../src/experiments/analysis/idql_probe.ts";
import { networksIn, optimizersIn } from "../../../src/experiments/analysis/networks_in.ts";
import { updateNorm, updateNorms } from "../../../src/experiments/analysis/update_norms.ts";
import { evaluateAndWatch, thinned } from "../../../src/experiments/analysis/visited.ts";
import { evaluatePolicy } from "../../../src/experiments/evaluate.ts";
import { runCell, type Trial } from "../../../src/experiments/run_cell.ts";
import { scoreOf } from "../../../src/experiments/score.ts";
import { streamsOf } from "../../../src/experiments/streams.ts";
import { createMethod } from "../../../src/methods/mod.ts";
import type { IdqlState } from "../../../src/methods/idql.ts";
import type { Method } from "../../../src/methods/method.ts";
import { optimizerOf } from "../../../src/optim/mod.ts";
import { multiStep } from "../../../src/rl/multi_step.ts";
import { vectorEnvironment } from "../../../src/rl/vector_environment.ts";
import { paramsOf } from "../../../src/tensor/params.ts";
import { type Doubles, tensor } from "../../../src/tensor/tensor.ts";
import { tinyHypers, untrained } from "../../methods/tiny.ts";
import { tinyTrial } from "../tiny_trial.ts";

const ENVS = 4, hypers = tinyHypers({ condDim: 1, actSteps: 2, nEnvs: ENVS });
const hyper = { ...hypers.idql, nCriticWarmupItr: 0 };

function trialOf(optimizer: string): Trial<IdqlState, Doubles> {
  const arm = optimizerOf(optimizer, { learningRate: 0 }), tiny = tinyTrial();
  const env = multiStep(probes.pointMass, 1);
  return {
    method: createMethod("idql", { actor: arm, critic: arm }, hyper) as Method<IdqlState>,
    pretrained: untrained(hyper),
    env: vectorEnvironment(env, ENVS),
    loop: { ...tiny.loop, iterations: 4 },
    evaluation: { ...tiny.evaluation, env, episodes: 3, actSteps: 2 },
    streams: streamsOf({ env: "pointMass", method: "idql", seed: 0 }),
  };
}

function trained(optimizer: string): { readonly state: IdqlState; readonly score: number } {
  const trial = trialOf(optimizer), run = runCell(trial);
  let state: IdqlState | undefined;
  for (let step = run.next();; step = run.next()) {
    if (step.done) return { state: state!, score: scoreOf("return", step.value.final!) };
    state = step.value.state;
  }
}

const adamw = trained("adamw"), adapg = trained("adapg"), trial = trialOf("adamw");
const evidence = idqlProbe(trial, hyper, { adamw: adamw.state, adapg: adapg.state });

Deno.test("idqlProbe() scores each arm's own actor and critic as its run did", () => {
  assertEquals(evidence.scores.adamw.adamw, adamw.score);
  assertEquals(evidence.scores.adapg.adapg, adapg.score);
});

Deno.test("idqlProbe() gives the same evidence twice, all of it finite", () => {
  const again = idqlProbe(trial, hyper, { adamw: adamw.state, adapg: adapg.state });
  assertEquals(again, evidence);
  JSON.stringify(evidence, (_, x) => {
    assert(typeof x !== "number" || Number.isFinite(x));
    return x;
  });
});

Deno.test("idqlProbe() finds nothing between an arm and itself", () => {
  const same = idqlProbe(trial, hyper, { adamw: adamw.state, adapg: adamw.state });
  assertEquals(same.norms.adamw, same.norms.adapg);
  for (const { disagreement, correlation, ...gaps } of Object.values(same.choices)) {
    assertEquals(disagreement, 0);
    assertAlmostEquals(correlation, 1, 1e-9);
    assertEquals(gaps.adamw, gaps.adapg);
  }
  for (const scores of Object.values(same.scores)) assertEquals(scores.adamw, scores.adapg);
});

Deno.test("idqlProbe() measures every network that training moves", () => {
  assertEquals(Object.keys(evidence.norms.adamw), ["actor", "criticQ", "targetQ", "criticV"]);
  for (const { update } of Object.values(evidence.norms.adapg)) assert(update > 0);
});

Deno.test("candidateEvidence() counts different choices and measures gaps by hand", () => {
  const q = tensor([2, 3], [1, 2, 6, 0, 0, 3]), other = tensor([2, 3], [6, 2, 1, 0, 0, 6]);
  const found = candidateEvidence({
    adamw: { q, best: Int32Array.of(2, 2) },
    adapg: { q: other, best: Int32Array.of(0, 2) },
  });
  assertEquals(found.disagreement, 0.5);
  assertAlmostEquals(found.correlation, (cosine([-2, -1, 3], [3, -1, -2]) + 1) / 2);
  const { gap, spread, scale, acrossObservations } = valueGaps(q);
  assertAlmostEquals(gap, (3 + 2) / 2);
  assertAlmostEquals(spread, (Math.sqrt(7) + Math.sqrt(3)) / 2);
  assertAlmostEquals(scale, 2);
  assertAlmostEquals(acrossObservations, Math.SQRT2);
});

const cosine = (x: number[], y: number[]): number => {
  const dot = (a: number[], b: number[]) => a.reduce((sum, v, i) => sum + v * b[i], 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
};

Deno.test("updateNorm() is the distance, and refuses another network", () => {
  const [a, b] = [[0, 1], [3, 5]].map((data) => paramsOf({ w: tensor([2], data) }));
  assertEquals(updateNorm(a, b), { update: 5, initial: 1, largest: 4 });
  assertThrows(() => updateNorm(a, paramsOf({ v: tensor([2], [0, 0]) })), TypeError, "leaf 0");
  const initial = trial.method.init(trial.pretrained, trial.streams.init);
  assertEquals(updateNorms(initial, initial).actor.update, 0);
});

Deno.test("networksIn() finds optimizers' parameters and those beside them, not the replay", () => {
  assertEquals(Object.keys(networksIn(adamw.state)).sort(), [
    "actor",
    "criticQ",
    "criticV",
    "targetQ",
  ]);
  assertEquals(Object.keys(optimizersIn(adamw.state)).sort(), ["actor", "criticQ", "criticV"]);
});

Deno.test("evaluateAndWatch() changes no episode and returns what the policy saw", () => {
  const { method, evaluation } = trial;
  const { episodes, observations } = evaluateAndWatch(method, adamw.state, evaluation);
  assertEquals(episodes, evaluatePolicy(method, adamw.state, evaluation));
  assert(observations.shape[0] >= evaluation.episodes);
  assertEquals(thinned(observations, 2).shape, [2, observations.shape[1]]);
  assertEquals(thinned(observations, 1e6), observations);
});
