import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import { compile } from "../../src/adapters/mujoco_engine.ts";
import { mujocoEngine } from "../../src/adapters/mujoco_simulator.ts";
import { halfcheetah } from "../../src/envs/halfcheetah.ts";
import { hopper } from "../../src/envs/hopper.ts";
import { locomotion, type LocomotionTask } from "../../src/envs/locomotion.ts";
import { withDynamics, withLatency, withNoise } from "../../src/envs/perturbed.ts";
import { scaledModel } from "../../src/envs/scaled_model.ts";
import { walker2d } from "../../src/envs/walker2d.ts";
import type { Environment } from "../../src/rl/environment.ts";
import { uniform } from "../../src/rng/draw.ts";
import { address, key } from "../../src/rng/key.ts";

const TASKS = { hopper, walker2d, halfcheetah };
const open = (task: LocomotionTask) => locomotion(task, mujocoEngine.load(task.mjcf()));

const actionOf = (size: number, step: number) =>
  Float64Array.from(uniform(address(key(9), step), [size], -1, 1).data);

/** Observations and rewards of ten steps. */
function play<S>(env: Environment<S>, seed = 1): [observation: number[], reward: number][] {
  const { state, observation } = env.reset(key(seed));
  const trace: [number[], number][] = [[[...observation], 0]];
  let at = state;
  for (let i = 0; i < 10; i++) {
    const next = env.step(at, actionOf(env.spec.actionSize, i));
    trace.push([[...next.observation], next.reward]);
    at = next.state;
  }
  return trace;
}

const numbersOf = (mjcf: string) => {
  const { model } = compile(mjcf);
  return {
    mass: [...model.body_mass as Float64Array],
    inertia: [...model.body_inertia as Float64Array],
    friction: [...model.geom_friction as Float64Array],
    gear: [...model.actuator_gear as Float64Array],
  };
};

for (const [name, task] of Object.entries(TASKS)) {
  const factors = { mass: 1, friction: 1, gear: 1 }, plain = numbersOf(task.mjcf());

  Deno.test(`${name}: a scaled mass scales every mass and inertia and nothing else`, () => {
    const { mass, inertia, ...rest } = numbersOf(
      scaledModel(task.mjcf(), { ...factors, mass: 1.2 }),
    );
    mass.forEach((m, i) => assertAlmostEquals(m, 1.2 * plain.mass[i], 1e-9));
    inertia.forEach((x, i) => assertAlmostEquals(x, 1.2 * plain.inertia[i], 1e-9));
    assertEquals([rest.friction, rest.gear], [plain.friction, plain.gear]);
  });

  Deno.test(`${name}: a scaled friction scales sliding on both sides of every contact`, () => {
    const { friction, ...rest } = numbersOf(
      scaledModel(task.mjcf(), { ...factors, friction: 0.5 }),
    );
    friction.forEach((x, i) =>
      assertAlmostEquals(x, (i % 3 === 0 ? 0.5 : 1) * plain.friction[i], 1e-12)
    );
    assertEquals([rest.mass, rest.gear], [plain.mass, plain.gear]);
  });

  Deno.test(`${name}: a scaled gear scales every motor`, () => {
    const { gear, ...rest } = numbersOf(scaledModel(task.mjcf(), { ...factors, gear: 0.8 }));
    gear.forEach((x, i) => assertAlmostEquals(x, 0.8 * plain.gear[i], 1e-12));
    assertEquals([rest.mass, rest.friction], [plain.mass, plain.friction]);
  });

  Deno.test(`${name}: factors of 1 leave the model to the byte, others change the motion`, () => {
    assertEquals(withDynamics(task, {}).mjcf(), task.mjcf());
    for (const change of [{ mass: 1.2 }, { friction: 0.5 }, { gear: 0.8 }]) {
      assert(withDynamics(task, change).mjcf() !== task.mjcf());
    }
    assertNotEquals(play(open(withDynamics(task, { mass: 1.2 }))), play(open(task)));
  });
}

Deno.test("scaledModel() refuses factors that are not positive and models without such numbers", () => {
  const factors = { mass: 1, friction: 1, gear: 1 };
  assertThrows(() => scaledModel(hopper.mjcf(), { ...factors, gear: 0 }), RangeError, "positive");
  assertThrows(
    () => scaledModel(hopper.mjcf("v4"), { ...factors, mass: 2 }),
    RangeError,
    "no inertial",
  );
});

Deno.test("observation noise leaves states and rewards as they were and comes from the reset key", () => {
  const env = open(hopper), noisy = withNoise(env, 0.05), plain = play(env), seen = play(noisy);
  assertEquals(seen.map(([, reward]) => reward), plain.map(([, reward]) => reward));
  assertEquals(play(noisy), seen);
  const noise = (seed: number) => {
    const [a, b] = [play(env, seed), play(withNoise(env, 0.05), seed)];
    return a.flatMap(([x], n) => x.map((value, i) => b[n][0][i] - value));
  };
  const first = noise(1),
    deviation = Math.sqrt(
      first.reduce((sum, x) => sum + x * x, 0) / first.length,
    );
  assertAlmostEquals(deviation, 0.05, 0.01);
  assertNotEquals(noise(2)[0], first[0]);
  assertEquals(new Set(first.map((x) => x.toFixed(9))).size, first.length);
});

Deno.test("latency executes each action the given number of steps later, rest before", () => {
  const env = open(halfcheetah), late = withLatency(env, 2), still = new Float64Array(6);
  let [a, b] = [env.reset(key(3)).state, late.reset(key(3)).state];
  for (let i = 0; i < 8; i++) {
    const due = i < 2 ? still : actionOf(6, i - 2);
    const [x, y] = [env.step(a, due), late.step(b, actionOf(6, i))];
    assertEquals([y.observation, y.reward], [x.observation, x.reward]);
    [a, b] = [x.state, y.state];
  }
  assertEquals(play(withLatency(env, 0)), play(env));
  assertThrows(() => withLatency(env, 0.5), RangeError, "latency");
});
