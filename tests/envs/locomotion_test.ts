import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { compile } from "../../src/adapters/mujoco_engine.ts";
import { mujocoEngine } from "../../src/adapters/mujoco_simulator.ts";
import { combine, cylinderRule } from "../../src/envs/capsule_inertia.ts";
import { halfcheetah } from "../../src/envs/halfcheetah.ts";
import { hopper } from "../../src/envs/hopper.ts";
import { locomotion } from "../../src/envs/locomotion.ts";
import { walker2d } from "../../src/envs/walker2d.ts";
import { key } from "../../src/rng/key.ts";

const massOf = (mjcf: string): number =>
  compile(mjcf).model.body_mass.reduce((a: number, b: number) => a + b, 0);

Deno.test("total masses are those of gym's models, by the cylinder rule and exactly", () => {
  // Compiled with MuJoCo 2.2.2 from gym's numbers.
  assertAlmostEquals(massOf(hopper.mjcf("v2")), 15.264998703792806, 1e-12);
  assertAlmostEquals(massOf(hopper.mjcf("v4")), 15.8200134059, 1e-9);
  assertAlmostEquals(massOf(walker2d.mjcf("v2")), 22.69800692218626, 1e-12);
  assertAlmostEquals(massOf(walker2d.mjcf("v4")), 23.6771366326, 1e-9);
  assertAlmostEquals(massOf(halfcheetah.mjcf("v2")), 14, 1e-12);
  assertAlmostEquals(massOf(halfcheetah.mjcf("v4")), 14, 1e-12);
});

Deno.test("cylinderRule() does not depend on which end comes first", () => {
  const there = cylinderRule({ from: [0.1, 0.2], to: [0.4, -0.3], radius: 0.05 });
  const back = cylinderRule({ from: [0.4, -0.3], to: [0.1, 0.2], radius: 0.05 });
  assertAlmostEquals(there.xz, back.xz, 1e-15);
  assertAlmostEquals(there.xx, back.xx, 1e-15);
});

Deno.test("combine() of two halves of a symmetric pair has no product of inertia", () => {
  const left = cylinderRule({ from: [-0.4, 0], to: [-0.2, 0.3], radius: 0.05 });
  const right = cylinderRule({ from: [0.4, 0], to: [0.2, 0.3], radius: 0.05 });
  const both = combine([left, right]);
  assertAlmostEquals(both.xz, 0, 1e-15);
  assertAlmostEquals(both.center[0], 0, 1e-15);
  assertAlmostEquals(both.mass, left.mass + right.mass, 1e-12);
});

Deno.test("the control cost counts an action as given, or as D4RL clips it", () => {
  const simulator = mujocoEngine.load(halfcheetah.mjcf());
  const bare = locomotion(halfcheetah, simulator, { clipActions: false });
  const clipped = locomotion(halfcheetah, simulator);
  const { state } = bare.reset(key(0)), action = new Float64Array(6).fill(1.5);
  const [a, b] = [bare.step(state, action), clipped.step(state, action)];
  assertEquals(a.observation, b.observation);
  assertAlmostEquals(b.reward - a.reward, 0.1 * 6 * (1.5 ** 2 - 1), 1e-12);
});

Deno.test("hopper is done when it leans, falls, moves too fast or is not a number", () => {
  const healthy = (qpos: number[], qvel = [0, 0, 0, 0, 0, 0]) =>
    hopper.isHealthy(Float64Array.from(qpos), Float64Array.from(qvel));
  assert(healthy([50, 1.25, 0, 0, 0, 0]));
  assert(healthy([1e6, 1.25, 0.19, 0, 0, 0]), "far away is fine");
  assert(!healthy([0, 0.7, 0, 0, 0, 0]));
  assert(!healthy([0, 1.25, 0.2, 0, 0, 0]));
  assert(!healthy([0, 1.25, 0, 0, 0, 0], [0, 100, 0, 0, 0, 0]));
  assert(!healthy([0, NaN, 0, 0, 0, 0]));
  assert(!healthy([NaN, 1.25, 0, 0, 0, 0]));
});

Deno.test("walker2d is done outside 0.8 < z < 2 and |angle| < 1, halfcheetah never", () => {
  const at = (z: number, angle: number) => Float64Array.of(0, z, angle, 0, 0, 0, 0, 0, 0);
  const still = new Float64Array(9);
  assert(walker2d.isHealthy(at(1.25, 0.99), still));
  assert(!walker2d.isHealthy(at(0.8, 0), still));
  assert(!walker2d.isHealthy(at(2, 0), still));
  assert(!walker2d.isHealthy(at(1.25, -1), still));
  assert(!walker2d.isHealthy(at(NaN, 0), still));
  assert(halfcheetah.isHealthy(at(-5, 9), still));
});

Deno.test("velocities are clipped to ±10 in what hopper observes, not in its state", () => {
  const simulator = mujocoEngine.load(hopper.mjcf()), env = locomotion(hopper, simulator);
  const fast = simulator.stateAt(
    Float64Array.of(0, 1.5, 0, 0, 0, 0),
    Float64Array.of(30, 0, 0, 0, 0, 0),
  );
  const next = env.step(fast, new Float64Array(3));
  assertEquals(next.observation[5], 10);
  assert(simulator.qvel(next.state)[0] > 20);
  assertAlmostEquals(next.reward, 31, 1);
});
