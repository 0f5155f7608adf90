import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { compile, mujoco } from "../../src/adapters/mujoco_engine.ts";
import { mujocoEngine } from "../../src/adapters/mujoco_simulator.ts";
import { hopperMjcf } from "../../src/envs/hopper.ts";
import { walker2dMjcf } from "../../src/envs/walker2d.ts";

const standing = Float64Array.of(0, 1.25, 0, 0, 0, 0), still = new Float64Array(6);
const push = Float64Array.of(0.3, -0.8, 1.2);

Deno.test("the engine is MuJoCo 3.3.8", () => {
  assertEquals(mujoco.mj_versionString(), "3.3.8");
});

Deno.test("compile() says what is wrong with a model", () => {
  const elements = "<mujoco><bad/></mujoco>";
  const masses = "<mujoco><worldbody><body><joint/></body></worldbody></mujoco>";
  assertThrows(() => compile(elements), SyntaxError, "Cannot compile model: XML Error: Schema");
  assertThrows(() => compile(masses), SyntaxError, "mass and inertia of moving bodies");
  assertThrows(() => compile("<mujoco"), SyntaxError, "Cannot compile model");
});

Deno.test("a loaded state goes on as if the simulator had never left it", () => {
  const simulator = mujocoEngine.load(hopperMjcf());
  const start = simulator.stateAt(standing, still);
  const middle = simulator.step(start, push, 40);
  const straight = simulator.step(middle, push, 40);
  simulator.step(start, Float64Array.of(-1, 1, -1), 60);
  assertEquals(simulator.step(middle.slice(), push, 40), straight);
});

Deno.test("restoring positions and velocities alone would not: the warm start belongs to the state", () => {
  const simulator = mujocoEngine.load(hopperMjcf());
  let state = simulator.stateAt(standing, still);
  for (let i = 0; i < 200; i++) state = simulator.step(state, push, 4);
  const partial = simulator.stateAt(simulator.qpos(state), simulator.qvel(state));
  assertEquals(simulator.qpos(partial), simulator.qpos(state));
  assertNotEquals(partial, state);
});

Deno.test("views survive growth of the engine's memory", () => {
  const simulator = mujocoEngine.load(hopperMjcf());
  const start = simulator.stateAt(standing, still), expected = simulator.step(start, push, 4);
  const before = new mujoco.DoubleBuffer(1).GetView().buffer.byteLength;
  const blocks = Array.from({ length: 8 }, () => new mujoco.DoubleBuffer(2 ** 20));
  const after = blocks[0].GetView().buffer.byteLength;
  assert(after > before, "the memory should have grown");
  assertEquals(simulator.step(start, push, 4), expected);
  blocks.forEach((block) => block.delete());
});

Deno.test("two models live side by side", () => {
  const hopper = mujocoEngine.load(hopperMjcf()), walker = mujocoEngine.load(walker2dMjcf());
  const start = hopper.stateAt(standing, still), expected = hopper.step(start, push, 4);
  walker.stateAt(Float64Array.of(0, 1.25, 0, 0, 0, 0, 0, 0, 0), new Float64Array(9));
  assertEquals(hopper.step(start, push, 4), expected);
  assertEquals([walker.nq, walker.nv, walker.nu], [9, 9, 6]);
});

Deno.test("a diverging simulation is an error, not a silent reset", () => {
  const simulator = mujocoEngine.load(hopperMjcf());
  const state = simulator.step(simulator.stateAt(standing, still), push, 4);
  const wild = Float64Array.from(state);
  (simulator.qvel(wild) as Float64Array).fill(1e9);
  assertThrows(() => simulator.step(wild, push, 4), RangeError, "diverged");
});
