import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Environment, EnvSpec } from "../../src/rl/environment.ts";
import { multiStep, stepAndRestart } from "../../src/rl/multi_step.ts";
import { endingOf, gymTimeLimit } from "../../src/rl/time_limit.ts";
import { key } from "../../src/rng/key.ts";

/** Counts: step n of an episode observes n and earns n; done at step `end`. */
function counter(spec: Partial<EnvSpec>, end = Infinity): Environment<number> {
  return {
    spec: {
      name: "counter",
      observationSize: 1,
      actionSize: 1,
      maxEpisodeSteps: 10,
      timeLimit: "wrapper",
      controlTimestep: 1,
      metric: "return",
      ...spec,
    },
    reset: () => ({ state: 0, observation: Float64Array.of(0) }),
    step: (n) => ({
      state: n + 1,
      observation: Float64Array.of(n + 1),
      reward: n + 1,
      done: n + 1 >= end,
    }),
  };
}

const chunkOf = (size: number) => new Float64Array(size);

Deno.test("a chunk sums its rewards and stacks the last observations, oldest first", () => {
  const env = multiStep(counter({}), 3);
  const start = env.reset(key(0));
  assertEquals([...start.history], [0, 0, 0]);
  const step = env.step(start, chunkOf(2));
  assertEquals([...step.state.history], [0, 1, 2]);
  assertEquals([step.reward, step.steps], [3, 2]);
});

Deno.test("an ending cuts the chunk: later actions are not executed and earn nothing", () => {
  const env = multiStep(counter({}, 3), 1);
  const step = env.step(env.reset(key(0)), chunkOf(4));
  assertEquals([step.steps, step.reward, step.terminated, step.truncated], [3, 6, true, false]);
});

Deno.test("gym's time limit counts as terminated and truncated, the wrapper's as truncated only", () => {
  const flags = (timeLimit: EnvSpec["timeLimit"], end: number) => {
    const env = multiStep(counter({ timeLimit, maxEpisodeSteps: 2 }, end), 1);
    const { terminated, truncated } = env.step(env.reset(key(0)), chunkOf(4));
    return [terminated, truncated];
  };
  assertEquals(flags("gym", Infinity), [true, true]);
  assertEquals(flags("wrapper", Infinity), [false, true]);
  assertEquals(flags("gym", 2), [true, false], "done by the task on the last step");
  assertEquals(flags("wrapper", 2), [true, false]);
});

Deno.test("gymTimeLimit() leaves a transition before the limit alone", () => {
  const transition = { state: 0, observation: chunkOf(1), reward: 1, done: false };
  assertEquals(gymTimeLimit(transition, 999, 1000), transition);
  assertEquals(endingOf(gymTimeLimit(transition, 1000, 1000), 1000), {
    terminated: true,
    truncated: true,
  });
});

Deno.test("stepAndRestart() returns the next episode's start and keeps what a truncation ended with", () => {
  const env = multiStep(counter({ maxEpisodeSteps: 2 }), 1);
  const step = stepAndRestart(env, env.reset(key(0)), chunkOf(4), () => key(1));
  assertEquals([...step.state.history], [0]);
  assertEquals(step.state.elapsed, 0);
  assertEquals([...step.finalObservation!], [2]);
});

Deno.test("stepAndRestart() loses the last observation of a termination, as the reference does", () => {
  const env = multiStep(counter({}, 2), 1);
  const step = stepAndRestart(env, env.reset(key(0)), chunkOf(4), () => key(1));
  assertEquals(step.finalObservation, undefined);
});

Deno.test("chunks of any size visit the same states as single steps", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 7 }), (size) => {
    const env = multiStep(counter({ maxEpisodeSteps: 1000 }), 2);
    let chunked = env.reset(key(0)), single = env.reset(key(0));
    for (let i = 0; i < 3; i++) chunked = env.step(chunked, chunkOf(size)).state;
    for (let i = 0; i < 3 * size; i++) single = env.step(single, chunkOf(1)).state;
    assertEquals(chunked, single);
  }));
});
