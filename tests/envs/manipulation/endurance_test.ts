import { assert } from "@std/assert";
import { address, key } from "../../../src/rng/key.ts";
import { randomActions, rigs } from "./rig.ts";

const STEPS = 10_000;

/** Where an object may be that was pushed, m, and how fast, m/s. A fall from the table would be faster. */
const ROOM = { x: 0.4, y: 0.6, depth: 0.02, height: 0.3, speed: 2 };

/** Half of them fresh in every step, half held for ten, so that the arm travels and touches things. */
const actions = [
  ...randomActions(10, STEPS / 2),
  ...randomActions(11, STEPS / 20).flatMap((action) => Array<Float64Array>(10).fill(action)),
];

for (const { task: { name, maxEpisodeSteps }, env, simulator } of rigs) {
  const surface = name === "lift" ? 0.8 : 0.82;

  Deno.test(`${name}: ${STEPS} random actions raise no warning and leave the object in the world`, () => {
    let { state } = env.reset(address(key(10), name, 0));
    actions.forEach((action, i) => {
      // Any warning of the engine throws.
      const next = env.step(state, action), at = `step ${i}: object at`;
      assert(next.observation.every(Number.isFinite), `step ${i}: not finite`);
      const [x, y, z] = next.observation.subarray(9, 12);
      assert(Math.abs(x) < ROOM.x && Math.abs(y) < ROOM.y, `${at} ${x} ${y} ${z}`);
      assert(z > surface - ROOM.depth && z < surface + ROOM.height, `${at} ${x} ${y} ${z}`);
      // The object's velocity comes after those of seven joints and two fingers.
      const speed = Math.hypot(...simulator.qvel(next.state).subarray(9, 12));
      assert(speed < ROOM.speed, `${at} ${x} ${y} ${z} with ${speed} m/s`);
      const ended = (i + 1) % maxEpisodeSteps === 0;
      state = ended ? env.reset(address(key(10), name, i + 1)).state : next.state;
    });
  });
}
