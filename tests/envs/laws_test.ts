import { assertEquals, assertNotEquals } from "@std/assert";
import { mujocoEngines } from "../../src/adapters/mujoco_engines.ts";
import { environments } from "../../src/envs/mod.ts";
import { uniform } from "../../src/rng/draw.ts";
import { address, key } from "../../src/rng/key.ts";
import type { Environment } from "../../src/rl/environment.ts";
import type { Doubles } from "../../src/tensor/tensor.ts";

const STEPS = 12;

/** Actions of one episode; some leave [−1, 1]. */
const actionsOf = (size: number, seed: number): Doubles[] =>
  Array.from(
    { length: STEPS },
    (_, i) => Float64Array.from(uniform(address(key(seed), i), [size], -1.3, 1.3).data),
  );

function play<S>(env: Environment<S>, seed: number): unknown[] {
  const { state, observation } = env.reset(key(seed));
  const trace: unknown[] = [observation];
  actionsOf(env.spec.actionSize, seed).reduce((s, action) => {
    const { state: next, observation, reward, done } = env.step(s, action);
    trace.push(observation, reward, done);
    return next;
  }, state);
  return trace;
}

for (const [name, entry] of Object.entries(environments)) {
  const env = entry.open(mujocoEngines);

  Deno.test(`${name}: the same key and actions give the same bytes`, () => {
    assertEquals(play(env, 1), play(env, 1));
    assertEquals(play(entry.open(mujocoEngines), 1), play(env, 1));
  });

  Deno.test(`${name}: another key gives another start`, () => {
    assertNotEquals(env.reset(key(1)).observation, env.reset(key(2)).observation);
  });

  Deno.test(`${name}: interleaved episodes equal separate ones`, () => {
    const seeds = [3, 4], separate = seeds.map((seed) => play(env, seed));
    const starts = seeds.map((seed) => env.reset(key(seed)));
    const traces: unknown[][] = starts.map(({ observation }) => [observation]);
    const states = starts.map(({ state }) => state);
    for (let i = 0; i < STEPS; i++) {
      seeds.forEach((seed, e) => {
        const step = env.step(states[e], actionsOf(env.spec.actionSize, seed)[i]);
        states[e] = step.state;
        traces[e].push(step.observation, step.reward, step.done);
      });
    }
    assertEquals(traces, separate);
  });

  Deno.test(`${name}: reset forgets what was before`, () => {
    const fresh = env.reset(key(5));
    play(env, 6);
    assertEquals(env.reset(key(5)), fresh);
  });

  Deno.test(`${name}: a step leaves its inputs as they were, and going back is possible`, () => {
    const { state } = env.reset(key(7)), [action] = actionsOf(env.spec.actionSize, 7);
    const stateBefore = state.slice(), actionBefore = action.slice();
    const first = env.step(state, action);
    env.step(first.state, action);
    assertEquals(env.step(state, action), first);
    assertEquals([state, action], [stateBefore, actionBefore]);
  });

  Deno.test(`${name}: observations have the size of the specification and are finite`, () => {
    const { state, observation } = env.reset(key(8));
    const next = env.step(state, new Float64Array(env.spec.actionSize));
    assertEquals(observation.length, env.spec.observationSize);
    assertEquals(next.observation.length, env.spec.observationSize);
    assertEquals([...observation, ...next.observation].every(Number.isFinite), true);
  });
}
