import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { probes } from "../../src/envs/probes/mod.ts";
import type { Method, Metrics } from "../../src/methods/method.ts";
import { createMethod, type MethodName, methods } from "../../src/methods/mod.ts";
import { adamw } from "../../src/optim/adamw.ts";
import { adapg } from "../../src/optim/adapg.ts";
import type { Optimizer } from "../../src/optim/optimizer.ts";
import { digestOf } from "../../src/provenance/digest.ts";
import { restore, snapshot } from "../../src/provenance/snapshot.ts";
import { multiStep } from "../../src/rl/multi_step.ts";
import { collectRollout, type RolloutState } from "../../src/rl/rollout.ts";
import type { Rollout } from "../../src/rl/rollout_types.ts";
import { vectorEnvironment } from "../../src/rl/vector_environment.ts";
import { address, key } from "../../src/rng/key.ts";
import { tf } from "../../src/tensor/backend.ts";
import { releaseUploads } from "../../src/tensor/upload.ts";
import { tinyHypers, untrained } from "../methods/tiny.ts";

const ENVS = 4, CHUNKS = 5;
const env = vectorEnvironment(multiStep(probes.pointMass, 1), ENVS);
const hypers = tinyHypers({ condDim: 1, actSteps: 2, nEnvs: ENVS });
const names = Object.keys(methods) as MethodName[];

const create = (name: MethodName, optimizer: Optimizer): Method<unknown> =>
  createMethod(name, { actor: optimizer, critic: optimizer }, hypers[name]);
const baseline = adamw({ learningRate: 1e-3 });

/** What a run remembers. */
interface Run {
  readonly state: unknown;
  readonly rollouts?: RolloutState;
  readonly metrics: readonly Metrics[];
}

const start = (name: MethodName, method: Method<unknown>): Run => ({
  state: method.init(untrained(hypers[name]), key(1)),
  metrics: [],
});

const digest = (value: unknown): string => digestOf(snapshot(value).tree);

const explore = (method: Method<unknown>, run: Run, iteration: number) =>
  collectRollout(method, run.state, env, run.rollouts, {
    iteration,
    chunks: CHUNKS,
    mode: "explore",
    resetKey: address(key(2), iteration),
    actKey: address(key(3), iteration),
  });

/** Iterations `from` … `to` − 1, counted from 1 as training iterations are. */
function train(method: Method<unknown>, run: Run, from: number, to: number): Run {
  for (let iteration = from; iteration < to; iteration++) {
    const { rollout, next } = explore(method, run, iteration);
    const [state, metrics] = method.update(run.state, rollout, address(key(4), iteration));
    run = { state, rollouts: next, metrics: [...run.metrics, metrics] };
  }
  return run;
}

for (const name of names) {
  const method = create(name, baseline), initial = start(name, method);

  Deno.test(`${name}: the same keys give the same bytes`, () => {
    const again = create(name, baseline);
    const once = train(method, initial, 1, 3), twice = train(again, start(name, again), 1, 3);
    assertEquals(digest(once), digest(twice));
    const { state } = once, observation = env.observation(once.rollouts!.vector);
    const act = (seed: number) => digest(method.act(state, observation, key(seed), "explore"));
    assertEquals(act(5), act(5));
    assertNotEquals(act(5), act(6));
  });

  Deno.test(`${name}: act and update leave their inputs as they were`, () => {
    const run = train(method, initial, 1, 2), before = digest(run);
    const { rollout } = explore(method, run, 2), rolloutBefore = digest(rollout);
    const [state] = method.update(run.state, rollout, key(9));
    assertEquals([digest(run), digest(rollout)], [before, rolloutBefore]);
    assertNotEquals(digest(state), digest(run.state));
  });

  Deno.test(`${name}: n + k iterations equal n, saved and restored, then k`, () => {
    const straight = train(method, initial, 1, 5);
    const { tree, blobs } = snapshot(train(method, initial, 1, 3));
    const resumed = restore(tree, (digest) => blobs.get(digest)!) as Run;
    assertEquals(digest(train(create(name, baseline), resumed, 3, 5)), digest(straight));
  });

  Deno.test(`${name}: no tensor outlives an iteration`, () => {
    releaseUploads();
    const before = tf.memory().numTensors;
    train(method, initial, 1, 3);
    releaseUploads();
    assertEquals(tf.memory().numTensors, before);
  });

  Deno.test(`${name}: metrics are finite numbers with the same names in each iteration`, () => {
    const { metrics } = train(method, initial, 1, 4);
    for (const record of metrics) {
      assertEquals(Object.keys(record), Object.keys(metrics[0]));
      assert(Object.values(record).every(Number.isFinite), JSON.stringify(record));
    }
  });

  Deno.test(`${name}: ADAPG with ω = 1 and AdamW's ε gives AdamW's actions and metrics bit for bit`, () => {
    const twin = adapg({ learningRate: 1e-3, omega: 1, eps: 1e-8 });
    const run = train(create(name, twin), start(name, create(name, twin)), 1, 4);
    const expected = train(method, initial, 1, 4);
    assertEquals(digest(run.rollouts), digest(expected.rollouts));
    assertEquals(run.metrics, expected.metrics);
  });

  Deno.test(`${name}: another optimizer sees the same first rollout`, () => {
    const other = create(name, adapg({ learningRate: 1e-3 }));
    const first = (m: Method<unknown>): Rollout => explore(m, start(name, m), 1).rollout;
    assertEquals(digest(first(other)), digest(first(method)));
  });
}
