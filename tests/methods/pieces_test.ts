import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { improvedActions } from "../../src/methods/action_gradient.ts";
import { executedPart } from "../../src/methods/chunks.ts";
import { dawrValueGradient } from "../../src/methods/dawr.ts";
import {
  bestCandidates,
  chosenActions,
  explorationWeights,
} from "../../src/methods/idql_candidates.ts";
import { learnerAt } from "../../src/methods/learner.ts";
import { lastOf, type Step } from "../../src/methods/method.ts";
import { createMethod } from "../../src/methods/mod.ts";
import { policyOf } from "../../src/methods/networks.ts";
import type { ActionCritic } from "../../src/nn/critic_obs_act.ts";
import { adamw } from "../../src/optim/adamw.ts";
import { key } from "../../src/rng/key.ts";
import { tf } from "../../src/tensor/backend.ts";
import { paramsOf } from "../../src/tensor/params.ts";
import { tensor } from "../../src/tensor/tensor.ts";
import { tinyHypers, untrained } from "./tiny.ts";

const hypers = tinyHypers({ condDim: 1, actSteps: 2, nEnvs: 4 });
const optimizer = adamw({ learningRate: 1 });
const arms = { actor: optimizer, critic: optimizer };

Deno.test("dawrValueGradient() pairs every value with every target as the reference does", () => {
  const identity = {
    leaves: [],
    apply: (w: Record<string, tf.Tensor>, x: tf.Tensor) => tf.mul(x, w.scale),
  };
  const params = paramsOf({ scale: tensor([], [1]) }), values = tensor([2, 1], [1, 3]);
  const loss = (pairing: "reference" | "corrected") =>
    dawrValueGradient(identity, params, values, Float32Array.of(0, 2), pairing).value;
  assertAlmostEquals(loss("reference"), 3, 1e-6);
  assertAlmostEquals(loss("corrected"), 1, 1e-6);
});

Deno.test("improvedActions() climb to the maximum of a critic and stay within ±1", () => {
  const away = (action: tf.Tensor) =>
    tf.sum(tf.squaredDifference(action, tf.tensor1d([0.25, 3])), 1);
  const critic: ActionCritic = {
    leaves: [],
    heads: (_weights, _cond, action) => [tf.neg(away(action))],
    apply: (_weights, _cond, action) => tf.neg(away(action)),
  };
  const none = paramsOf({}), observation = tensor([2, 1], [0, 0]);
  for (const clip of ["joint", "each row"] as const) {
    const ascent = { learningRate: 0.02, steps: 200, maxNorm: 0.2, clip };
    const start = tensor([2, 2], [-1, 0, 0.9, -0.5]);
    const { data } = improvedActions(critic, none, observation, start, ascent);
    [0.25, 1, 0.25, 1].forEach((a, i) => assertAlmostEquals(data[i], a, 0.02));
    assertEquals([...start.data], [...Float32Array.of(-1, 0, 0.9, -0.5)]);
  }
});

Deno.test("IDQL's candidates are weighted by the sign of their advantage and chosen by row", () => {
  const found = {
    action: tensor([6, 1], [10, 20, 11, 21, 12, 22]),
    q: tensor([2, 3], [1, 5, 3, 9, 8, 7]),
  };
  assertEquals([...bestCandidates(found)], [1, 0]);
  assertEquals([...chosenActions(found, Int32Array.of(1, 0)).data], [11, 20]);
  const weights = explorationWeights(found, Float32Array.of(2, 10), 0.7).data;
  [0.3 / 1.7, 0.7 / 1.7, 0.7 / 1.7, 1 / 3, 1 / 3, 1 / 3].forEach((w, i) =>
    assertAlmostEquals(weights[i], w, 1e-6)
  );
});

Deno.test("executedPart() keeps the first actions of each chunk", () => {
  const chunks = tensor([2, 2], [1, 2, 3, 4]);
  assertEquals([...executedPart(policyOf(hypers.dppo), 1, chunks).data], [1, 3]);
  assertEquals(executedPart(policyOf(hypers.dppo), 2, chunks), chunks);
});

Deno.test("learnerAt() leaves the actor alone until the critic has warmed up", () => {
  const hyper = { ...hypers.dql, nCriticWarmupItr: 3 };
  const theta = paramsOf({ x: tensor([1], [0]) }), grads = paramsOf({ x: tensor([1], [1]) });
  const state = optimizer.init(theta);
  const moved = (iteration: number) =>
    learnerAt(arms, hyper, iteration).actor(state, grads).theta.data[0] !== 0;
  assertEquals([1, 2, 3, 4].map(moved), [false, false, true, true]);
  assertEquals(learnerAt(arms, hyper, 1).critic(state, grads).theta.data[0] !== 0, true);
});

Deno.test("lastOf() averages each term over the steps that have it", () => {
  const steps: Step<number>[] = [{ state: 1, terms: { a: 1 } }, {
    state: 2,
    terms: { a: 3, b: 5 },
  }];
  assertEquals(lastOf(0, steps), [2, { a: 2, b: 5 }]);
  assertEquals(lastOf(0, []), [0, {}]);
});

Deno.test("methods with a replay refuse chunks that are not executed whole", () => {
  const method = createMethod("qsm", arms, { ...hypers.qsm, actSteps: 1 });
  assertThrows(
    () => method.init(untrained(hypers.qsm), key(0)),
    RangeError,
    "Cannot create replay: actSteps must be horizonSteps, 2, found 1",
  );
});
