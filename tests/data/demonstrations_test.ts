import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { mujocoEngines } from "../../src/adapters/mujoco_engines.ts";
import { episodes } from "../../src/data/dataset.ts";
import { recordDemonstrations } from "../../src/data/demonstrations.ts";
import { gaussianPolicy, standardize } from "../../src/data/gaussian_policy.ts";
import { deviations, noMoments, withRows } from "../../src/data/running_moments.ts";
import {
  initialParams,
  policyLeaves,
  sourceNetworks,
} from "../../src/data/source_policy_networks.ts";
import { environments } from "../../src/envs/mod.ts";
import { key } from "../../src/rng/key.ts";
import { evaluate } from "../../src/tensor/engine.ts";
import { leafOf } from "../../src/tensor/params.ts";
import { tensor } from "../../src/tensor/tensor.ts";

const networks = sourceNetworks(11, 3);
const theta = initialParams(networks, 3, -0.5, key(1));
const rows = tensor([40, 11], Float32Array.from({ length: 440 }, (_, i) => 3 * Math.sin(i * i)));
const moments = withRows(noMoments(11), rows);
const policy = gaussianPolicy(policyLeaves(theta, moments));

Deno.test("withRows() gives the mean and deviation of all rows, however they arrive", () => {
  const parts = [rows.data.subarray(0, 110), rows.data.subarray(110)]
    .map((data) => tensor([data.length / 11, 11], data));
  const twice = parts.reduce(withRows, noMoments(11));
  const column = Array.from({ length: 40 }, (_, r) => rows.data[11 * r + 4]);
  const mean = column.reduce((a, b) => a + b, 0) / 40;
  const variance = column.reduce((s, x) => s + (x - mean) ** 2, 0) / 40;
  assertAlmostEquals(moments.mean[4], mean, 1e-12);
  assertAlmostEquals(deviations(moments)[4], Math.sqrt(variance), 1e-6);
  twice.mean.forEach((m, i) => assertAlmostEquals(m, moments.mean[i], 1e-12));
});

Deno.test("the policy in plain arrays is the network that was trained, to float32 rounding", () => {
  const std = Float32Array.from(deviations(moments)), mean = Float32Array.from(moments.mean);
  const observation = rows.data.subarray(0, 11);
  const x = tensor([1, 11], Float32Array.from(standardize(observation, mean, std)));
  const { y } = evaluate({ theta }, { x }, (f, { x }) => ({ y: networks.actor.apply(f.theta, x) }));
  const draws = Array.from({ length: 4000 }, (_, i) => policy.sample(observation, key(i)));
  for (let j = 0; j < 3; j++) {
    const mean = draws.reduce((s, a) => s + a[j], 0) / draws.length;
    const std = Math.exp(leafOf(theta, "log_std").data[j]);
    assertAlmostEquals(mean, y.data[j], 5 * std / Math.sqrt(draws.length));
    const spread = Math.sqrt(draws.reduce((s, a) => s + (a[j] - mean) ** 2, 0) / draws.length);
    assertAlmostEquals(spread, std, 0.05);
  }
});

Deno.test("demonstrations are the same bytes for the same key, and replay in the simulator", () => {
  const env = environments.hopper.open(mujocoEngines);
  const replay = recordDemonstrations(env, policy.sample, 120, key(3));
  assertEquals(recordDemonstrations(env, policy.sample, 120, key(3)), replay);
  assertEquals(replay.rewards.length, 120);
  assert(replay.actions.data.every((a) => Math.abs(a) <= 1));
  assert(episodes(replay).length > 1, "an untrained hopper falls soon");
  const total = replay.terminals.reduce((n, t) => n + t, 0);
  assertEquals(total, episodes(replay).length, "no episode reaches the time limit");
});

Deno.test("an episode that reaches the time limit is a timeout and not a terminal", () => {
  const env = environments.halfcheetah.open(mujocoEngines);
  const still = () => new Float64Array(6);
  const { terminals, timeouts } = recordDemonstrations(env, still, 1001, key(0));
  assertEquals(timeouts.indexOf(1), 999);
  assert(terminals.every((t) => t === 0));
});
