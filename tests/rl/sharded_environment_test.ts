import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { Environment } from "../../src/rl/environment.ts";
import { multiStep } from "../../src/rl/multi_step.ts";
import { localShard, shardedEnvironment, slotsOf } from "../../src/rl/sharded_environment.ts";
import { vectorEnvironment, type VectorState } from "../../src/rl/vector_environment.ts";
import { normal, uniform } from "../../src/rng/draw.ts";
import { foldIn, key } from "../../src/rng/key.ts";
import { NonFiniteError } from "../../src/tensor/non_finite.ts";
import { type Doubles, type Tensor, tensor } from "../../src/tensor/tensor.ts";

/** Observes (start, sum); ends or is cut after at most five steps; fails where the sum passes `limit`. */
function summing(limit = Infinity): Environment<Doubles> {
  const observe = (state: Doubles) => ({ state, observation: state.subarray(0, 2) });
  return {
    spec: {
      name: "summing",
      observationSize: 2,
      actionSize: 1,
      maxEpisodeSteps: 5,
      timeLimit: "gym",
      controlTimestep: 1,
      metric: "return",
    },
    reset: (k) => observe(Float64Array.of(uniform(k, [1]).data[0], 0, 1)),
    step: ([start, sum, left], [action]) => {
      const next = sum + action;
      if (next > limit) throw new NonFiniteError("step summing", "sum", `${next}`, Infinity);
      const state = Float64Array.of(start, next, left * 0.7);
      return { ...observe(state), reward: action * start, done: left * 0.7 < start / 2 };
    },
  };
}

const HISTORY = 2, CHUNK = 2;
const chunked = (limit?: number) => multiStep(summing(limit), HISTORY);

function sharded(envs: number, parts: readonly { first: number; envs: number }[], limit?: number) {
  const env = chunked(limit);
  const shards = parts.map((slots) =>
    localShard(slots, vectorEnvironment(env, slots.envs, slots.first))
  );
  return shardedEnvironment(vectorEnvironment(env, envs), shards);
}

const actions = (envs: number, n: number): Tensor => normal(foldIn(key(7), n), [envs, CHUNK]);

/** Everything that twelve chunks lead to, with the episodes counted anew after the first six. */
function history(env: ReturnType<typeof sharded>) {
  let state: VectorState = env.reset(key(1));
  const seen: unknown[] = [state, env.observation(state)];
  for (let n = 0; n < 12; n++) {
    if (n === 6) state = env.recount(state);
    const [next, step] = env.step(state, actions(env.envs, n), key(n < 6 ? 1 : 2));
    seen.push(next, step);
    state = next;
  }
  return seen;
}

Deno.test("shards of any sizes equal the whole bit for bit, through resets, truncations and recounts", () => {
  fc.assert(fc.property(
    fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }),
    (sizes) => {
      const parts = sizes.map((envs, i) => ({
        first: sizes.slice(0, i).reduce((a, b) => a + b, 0),
        envs,
      }));
      const envs = sizes.reduce((a, b) => a + b);
      assertEquals(history(sharded(envs, parts)), history(vectorEnvironment(chunked(), envs)));
    },
  ));
});

Deno.test("slotsOf() cuts any number of slots into parts that differ by one at most", () => {
  for (let parts = 1; parts <= 9; parts++) {
    const slots = slotsOf(7, parts), sizes = slots.map(({ envs }) => envs);
    assertEquals(slots.length, Math.min(7, parts));
    assertEquals(Math.max(...sizes) - Math.min(...sizes) <= 1, true);
    slots.forEach(({ first }, i) => {
      assertEquals(first, sizes.slice(0, i).reduce((a, b) => a + b, 0));
    });
    assertEquals(history(sharded(7, slots)), history(vectorEnvironment(chunked(), 7)));
  }
});

const messageOf = (env: ReturnType<typeof sharded>, action: Tensor): string => {
  const error = assertThrows(() => env.step(env.reset(key(1)), action, key(1)), NonFiniteError);
  return `${error.message} ${error.place}`;
};

Deno.test("shards fail as the whole does: the first slot that fails is named", () => {
  const whole = vectorEnvironment(chunked(2), 6), parts = sharded(6, slotsOf(6, 3), 2);
  const large = tensor([6, CHUNK], [0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 4, 0]);
  assertEquals(messageOf(parts, large), messageOf(whole, large));
  const wrong = tensor([6, CHUNK], [9, 0, 0, 0, 0, 0, 3, 0, NaN, 0, 0, 0]);
  assertEquals(messageOf(parts, wrong), messageOf(whole, wrong));
});

Deno.test("every shard is waited for, even after another has failed", () => {
  const whole = vectorEnvironment(chunked(2), 4), ended: number[] = [];
  const shards = slotsOf(4, 4).map((slots) => {
    const shard = localShard(slots, vectorEnvironment(chunked(2), 1, slots.first));
    return { ...shard, finish: () => (ended.push(slots.first), shard.finish()) };
  });
  const action = tensor([4, CHUNK], [3, 0, 0, 0, 0, 0, 0, 0]);
  messageOf(shardedEnvironment(whole, shards), action);
  assertEquals(ended, [0, 1, 2, 3]);
});
