import { assert, assertEquals, assertThrows } from "@std/assert";
import { key } from "../../../src/rng/key.ts";
import type { Doubles } from "../../../src/tensor/tensor.ts";
import { randomActions, rigs } from "./rig.ts";

type Env = (typeof rigs)[number]["env"];

/** Everything seen from a state under some actions. */
function play(env: Env, start: Doubles, actions: readonly Float64Array[]): number[][] {
  let state = start;
  return actions.map((action) => {
    const next = env.step(state, action);
    state = next.state;
    return [...next.observation, next.reward, ...state];
  });
}

for (const { task: { name }, env, simulator } of rigs) {
  Deno.test(`${name}: a copied state continues as the original`, () => {
    const { state } = env.reset(key(8)), actions = randomActions(8, 5);
    const middle = env.step(state, actions[0]).state;
    assertEquals(
      play(env, Float64Array.from(middle), actions),
      play(env, middle, actions),
    );
  });

  Deno.test(`${name}: arm poses are one engine step old in observations, fingers are current`, () => {
    const { state } = env.reset(key(9)), [action] = randomActions(9, 1);
    const { state: next, observation } = env.step(state, action);
    const qpos = simulator.qpos(next);
    assertEquals([...observation.subarray(7, 9)], [...qpos.subarray(7, 9)]);
    simulator.stateAt(qpos, simulator.qvel(next));
    const current = simulator.readings().toolPosition;
    const lag = Math.hypot(...[0, 1, 2].map((d) => current[d] - observation[d]));
    assert(lag > 1e-5 && lag < 5e-3, `lag ${lag}`);
  });

  Deno.test(`${name}: a policy that does nothing keeps the tool within a centimetre`, () => {
    const { state, observation } = env.reset(key(11));
    const still = Array.from({ length: 40 }, () => new Float64Array(7));
    const last = play(env, state, still).at(-1)!;
    const drift = Math.hypot(...[0, 1, 2].map((d) => last[d] - observation[d]));
    assert(drift < 0.01, `drift ${drift}`);
  });

  Deno.test(`${name}: an action that is not finite is refused`, () => {
    const { state } = env.reset(key(12));
    assertThrows(() => env.step(state, new Float64Array(7).fill(NaN)), RangeError, "finite");
  });

  Deno.test(`${name}: a state that blows up the engine is reported`, () => {
    const { state } = env.reset(key(13)), broken = Float64Array.from(state);
    broken[1] = NaN;
    assertThrows(() => env.step(broken, new Float64Array(7)), Error, "unstable");
  });
}
