import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { mujocoEngines } from "../../src/adapters/mujoco_engines.ts";
import { environments } from "../../src/envs/mod.ts";
import { episodeMetrics } from "../../src/rl/episode_metrics.ts";
import type { Environment, EnvSpec } from "../../src/rl/environment.ts";
import { multiStep } from "../../src/rl/multi_step.ts";
import type { ActMode, Policy } from "../../src/rl/policy.ts";
import { collectRollout, type RolloutPlan } from "../../src/rl/rollout.ts";
import { vectorEnvironment } from "../../src/rl/vector_environment.ts";
import { normal, uniform } from "../../src/rng/draw.ts";
import { key } from "../../src/rng/key.ts";
import { type Doubles, tensor } from "../../src/tensor/tensor.ts";

/** Observes (start, step); ends after as many steps as its random start says, 1 to 9. */
function random(spec: Partial<EnvSpec> = {}): Environment<Doubles> {
  const observe = (state: Doubles) => ({ state, observation: state });
  return {
    spec: {
      name: "random",
      observationSize: 2,
      actionSize: 1,
      maxEpisodeSteps: 5,
      timeLimit: "wrapper",
      controlTimestep: 1,
      metric: "return",
      ...spec,
    },
    reset: (k) => observe(Float64Array.of(1 + Math.floor(9 * uniform(k, [1]).data[0]), 0)),
    step: ([start, step], [action]) => ({
      ...observe(Float64Array.of(start, step + 1)),
      reward: action,
      done: step + 1 >= start,
    }),
  };
}

/** Acts on noise and observation, so that any difference shows. */
const policy = (seesFinalObservation = false): Policy<null> => ({
  recordsChain: true,
  seesFinalObservation,
  act(_, { shape, data }, actKey) {
    const noise = normal(actKey, [shape[0], 2]).data, width = shape[1];
    const action = Float32Array.from(noise, (z, i) => z + data[Math.floor(i / 2) * width]);
    return {
      action: tensor([shape[0], 2], action),
      chain: tensor([shape[0], 1, 2], action),
    };
  },
});

const plan = (iteration: number, chunks: number, mode: ActMode = "explore"): RolloutPlan => ({
  iteration,
  chunks,
  mode,
  resetKey: key(100 + iteration),
  actKey: key(200 + iteration),
});

const ENVS = 3;
const vector = (spec?: Partial<EnvSpec>) => vectorEnvironment(multiStep(random(spec), 1), ENVS);

Deno.test("a rollout has one row per chunk and environment, and one more row of firsts", () => {
  const { rollout } = collectRollout(policy(), null, vector(), undefined, plan(1, 7));
  assertEquals(rollout.observation.shape, [21, 2]);
  assertEquals(rollout.nextObservation.shape, [21, 2]);
  assertEquals(rollout.action.shape, [21, 2]);
  assertEquals(rollout.chain!.shape, [21, 1, 2]);
  assertEquals(rollout.first.length, 24);
  assertEquals([...rollout.first.subarray(0, 3)], [1, 1, 1]);
  rollout.terminated.forEach((t, i) => {
    assertEquals(rollout.first[i + ENVS], t | rollout.truncated[i]);
  });
});

Deno.test("every observation is what the chunk before it led to, unless an episode was truncated", () => {
  const { rollout } = collectRollout(policy(), null, vector(), undefined, plan(1, 20));
  for (let i = 0; i + ENVS < rollout.reward.length; i++) {
    const led = rollout.nextObservation.data.slice(2 * i, 2 * i + 2);
    const seen = rollout.observation.data.slice(2 * (i + ENVS), 2 * (i + ENVS) + 2);
    if (rollout.truncated[i] === 0) assertEquals(led, seen);
    else assertEquals([led[1], seen[1]], [5, 0], "the end of one episode, the start of the next");
  }
});

Deno.test("the first episodes of an iteration start from the same states whatever the policy did", () => {
  const starts = (actions: Policy<null>) =>
    collectRollout(actions, null, vector(), undefined, plan(2, 1)).rollout.observation;
  const other = { ...policy(), act: () => ({ action: tensor([ENVS, 2], new Float32Array(6)) }) };
  assertEquals(starts(other), starts(policy()));
});

Deno.test("going on from where a rollout stopped equals one rollout when no episode begins", () => {
  const env = vectorEnvironment(
    multiStep(environments.hopper.open(mujocoEngines), 1),
    2,
  );
  const still: Policy<null> = {
    ...policy(),
    act: (_, { shape }) => ({ action: tensor([shape[0], 6], new Float32Array(6 * shape[0])) }),
  };
  const whole = collectRollout(still, null, env, undefined, plan(1, 6));
  const half = collectRollout(still, null, env, undefined, plan(1, 3));
  const rest = collectRollout(still, null, env, structuredClone(half.next), plan(1, 3));
  assertEquals(rest.rollout.first[0], 0);
  assertEquals(rest.rollout.lastObservation, whole.rollout.lastObservation);
  assertEquals(rest.next, {
    ...whole.next,
    vector: { ...whole.next.vector, begun: rest.next.vector.begun },
  });
});

Deno.test("a policy that sees the final observation meets it once after a truncation, while exploring", () => {
  const run = (mode: ActMode) =>
    collectRollout(policy(true), null, vector(), undefined, plan(3, 20, mode)).rollout;
  const explored = run("explore");
  let met = 0;
  explored.truncated.forEach((t, i) => {
    if (t === 0 || i + ENVS >= explored.reward.length) return;
    assertEquals(explored.observation.data[2 * (i + ENVS) + 1], 5);
    met++;
  });
  assertEquals(met > 0, true);
  const evaluated = run("evaluate");
  evaluated.truncated.forEach((t, i) => {
    if (t === 1 && i + ENVS < evaluated.reward.length) {
      assertEquals(evaluated.observation.data[2 * (i + ENVS) + 1], 0);
    }
  });
  assertEquals(evaluated.chain, undefined);
});

Deno.test("the same plan gives the same bytes and leaves its inputs alone", () => {
  const env = vector(), first = collectRollout(policy(), null, env, undefined, plan(1, 4));
  const before = structuredClone(first.next);
  const a = collectRollout(policy(), null, env, first.next, plan(2, 4));
  const b = collectRollout(policy(), null, env, first.next, plan(2, 4));
  assertEquals(a, b);
  assertEquals(first.next, before);
});

Deno.test("an action that is not finite stops the rollout", () => {
  const broken = { ...policy(), act: () => ({ action: tensor([ENVS, 2], [0, 0, NaN, 0, 0, 0]) }) };
  assertThrows(
    () => collectRollout(broken, null, vector(), undefined, plan(1, 1)),
    RangeError,
    "Cannot step random",
  );
});

Deno.test("episodeMetrics() counts episodes of two chunks or more that begin and end inside", () => {
  // Worked example of the reference: episodes of chunks 0–2 (kept), 3 (one chunk, dropped), 4–6 (unfinished).
  const metrics = episodeMetrics(
    {
      chunks: 6,
      envs: 1,
      first: Uint8Array.of(1, 0, 0, 1, 1, 0, 0),
      reward: Float64Array.of(1, 2, 3, 10, 0, 1),
    },
    4,
    0.75,
  );
  assertEquals(metrics.episodes, 1);
  assertEquals(metrics.meanReturn, 6);
  assertAlmostEquals(metrics.meanBestReward, 0.75, 1e-15);
  assertEquals(metrics.successRate, 1);
});

Deno.test("episodeMetrics() of a rollout without a finished episode is 0", () => {
  const none = { chunks: 1, envs: 1, first: Uint8Array.of(1, 0), reward: Float64Array.of(3) };
  assertEquals(episodeMetrics(none, 1, 1), {
    episodes: 0,
    meanReturn: 0,
    meanBestReward: 0,
    successRate: 0,
  });
});
