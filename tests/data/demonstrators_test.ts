import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { mujocoEngines } from "../../src/adapters/mujoco_engines.ts";
import { buildDataset, episodes } from "../../src/data/dataset.ts";
import { actionFor, turnTo } from "../../src/data/demonstrators/command.ts";
import {
  demonstrate,
  replayOf,
  SUCCESS_STEPS,
  successes,
} from "../../src/data/demonstrators/demonstrate.ts";
import { type Aiming, follow, near } from "../../src/data/demonstrators/script.ts";
import { drawStyle, PLAIN } from "../../src/data/demonstrators/style.ts";
import { handYaw, type View, viewOf, wrapped } from "../../src/data/demonstrators/view.ts";
import { environments } from "../../src/envs/mod.ts";
import { key } from "../../src/rng/key.ts";

const tasks = ["lift", "can", "square"] as const;
const opened = Object.fromEntries(
  tasks.map((name) => [name, environments[name].open(mujocoEngines)]),
);

/** A hand that points down, its opening axis along y. */
const level: View = {
  tool: [0, 0, 1],
  hand: Float64Array.of(-1, 0, 0, 0, 1, 0, 0, 0, -1),
  object: [0.1, 0, 0.8],
  objectYaw: 0,
};

Deno.test("a level hand needs no turn to its own heading and the angle itself to another", () => {
  assertAlmostEquals(handYaw(level), Math.PI / 2, 1e-12);
  turnTo(Math.PI / 2, level).forEach((t) => assertAlmostEquals(t, 0, 1e-12));
  const [x, y, z] = turnTo(Math.PI / 2 + 0.4, level);
  assertAlmostEquals(Math.hypot(x, y), 0, 1e-12);
  assertAlmostEquals(z, 0.4, 1e-12);
});

Deno.test("actions go towards the target, within the cap, and the gripper's is a sign", () => {
  const command = { position: [0.02, 1, 1], yaw: handYaw(level), grip: "closed" } as const;
  const action = actionFor(command, level, 1, 0.6);
  [0.2, 0.6, 0, 0, 0, 0, 1].forEach((a, i) => assertAlmostEquals(action[i], a, 1e-12));
  assertEquals(actionFor({ ...command, grip: "open" }, level)[6], -1);
});

/** Aims at the mark. */
const exactly: Aiming = () => ({ offset: () => [0, 0, 0], settled: () => true });

Deno.test("a phase repeats its command until it is done", () => {
  const part = follow(exactly, level, {
    care: "coarse",
    command: () => ({ position: [0, 0, 1.1], yaw: 0, grip: "open" }),
    done: near(0.01),
  });
  assertEquals(part.next().done, false);
  assertEquals(part.next(level).done, false);
  const arrived = { ...level, tool: [0, 0, 1.095] } as const;
  assertEquals(part.next(arrived), { done: true, value: arrived });
});

Deno.test("angles wrap to the nearest turn", () => {
  assertAlmostEquals(wrapped(3.5), 3.5 - 2 * Math.PI, 1e-12);
  assertAlmostEquals(wrapped(1, Math.PI / 2), 1 - Math.PI / 2, 1e-12);
});

for (const name of tasks) {
  const env = opened[name];

  Deno.test(`${name}: the view of a first observation has the hand pointing down`, () => {
    const { hand } = viewOf(env.reset(key(1)).observation);
    assert(hand[8] < -0.95, `z axis ${hand[8]}`);
  });

  Deno.test(`${name}: the plain script succeeds`, () => {
    for (const seed of [1, 2, 3]) {
      const { successful, rewards } = demonstrate(env, name, PLAIN, key(seed));
      assert(successful);
      assertEquals(rewards.slice(-SUCCESS_STEPS), Array(SUCCESS_STEPS).fill(1));
    }
  });

  Deno.test(`${name}: a demonstration is a function of its key`, () => {
    const play = (seed: number) => demonstrate(env, name, drawStyle(key(seed)), key(seed));
    assertEquals(play(4), play(4));
    assertNotEquals(play(4).actions, play(5).actions);
  });

  Deno.test(`${name}: actions are float32 numbers in [−1, 1] that differ from the plain script's`, () => {
    const { actions } = demonstrate(env, name, drawStyle(key(6)), key(6));
    for (const action of actions) {
      assert(action.every((a) => a === Math.fround(a) && Math.abs(a) <= 1));
      assertEquals(Math.abs(action[6]), 1);
    }
    assertNotEquals(actions[0], demonstrate(env, name, PLAIN, key(6)).actions[0]);
  });
}

Deno.test("collected demonstrations are successes, become whole trajectories, and their ranges contain 0", () => {
  const made = successes(opened.lift, "lift", key(7));
  const found = Array.from({ length: 4 }, () => made.next().value);
  const demonstrations = found.map(({ demonstration }) => demonstration);
  assert(found[3].attempts >= 4 && demonstrations.every((d) => d.successful));
  const raw = replayOf(demonstrations);
  assertEquals(
    episodes(raw).map(({ length }) => length),
    demonstrations.map((d) => d.actions.length),
  );
  const { normalization: n, train } = buildDataset(raw, Infinity, true);
  assertEquals(train.states.shape[0], raw.rewards.length);
  for (const low of [...n.observationMin, ...n.actionMin]) assert(low <= 0);
  for (const high of [...n.observationMax, ...n.actionMax]) assert(high >= 0);
});
