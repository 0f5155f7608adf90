import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { axisAngleMatrix } from "../../../src/envs/manipulation/axis_angle.ts";
import { factorInto, solveInto } from "../../../src/envs/manipulation/cholesky.ts";
import { fingerTarget, nextGrip } from "../../../src/envs/manipulation/gripper.ts";
import { oscScratch, oscTorque, rotationError } from "../../../src/envs/manipulation/osc.ts";
import { RESTING_POSE } from "../../../src/envs/manipulation/panda.ts";
import { matrixOf, multiply, relativeQuaternion, toFrame } from "../../../src/rl/rotation.ts";
import { key } from "../../../src/rng/key.ts";
import { rigs } from "./rig.ts";

const identity = matrixOf(1, 0, 0, 0);

Deno.test("a Cholesky factor solves its matrix and its leading block", () => {
  const a = [4, 2, 1, 2, 5, 3, 1, 3, 6], l = Float64Array.from(a), x = Float64Array.of(1, 2, 3);
  factorInto(l, 3);
  solveInto(l, 3, x);
  [1, 2, 3].forEach((b, i) =>
    assertAlmostEquals(a[3 * i] * x[0] + a[3 * i + 1] * x[1] + a[3 * i + 2] * x[2], b, 1e-12)
  );
  const y = Float64Array.of(1, 2);
  solveInto(l, 3, y, 2);
  assertAlmostEquals(4 * y[0] + 2 * y[1], 1, 1e-12);
});

Deno.test("a Cholesky factor of a singular matrix stays finite", () => {
  const l = Float64Array.of(1, 1, 1, 1), x = Float64Array.of(1, 1);
  factorInto(l, 2);
  solveInto(l, 2, x);
  assert(x.every(Number.isFinite));
});

Deno.test("axis-angle matrices turn by the right-hand rule and keep lengths to float32", () => {
  const turn = axisAngleMatrix(0, 0, Math.PI / 2);
  [0, -1, 0, 1, 0, 0, 0, 0, 1].forEach((e, i) => assertAlmostEquals(turn[i], e, 2e-7));
  assertEquals(axisAngleMatrix(0, 0, 0), identity);
});

Deno.test("the rotation error is the axis times the sine of the angle", () => {
  const goal = multiply(axisAngleMatrix(0, 0.3, 0), identity);
  const error = [0, 1, 2].map((d) => rotationError(identity, goal, d));
  [0, Math.sin(0.3), 0].forEach((e, d) => assertAlmostEquals(error[d], e, 2e-7));
});

Deno.test("relative quaternions and vectors agree with each other", () => {
  const p = [Math.SQRT1_2, 0, 0, Math.SQRT1_2];
  assertEquals(relativeQuaternion(p, p).map((c) => Math.round(c * 1e12) / 1e12), [1, 0, 0, 0]);
  const [x, y, z] = toFrame(p, [0, 1, 0]);
  assertAlmostEquals(x, 1, 1e-12);
  assertAlmostEquals(y, 0, 1e-12);
  assertEquals(z, 0);
});

Deno.test("the gripper needs 100 engine steps from the middle to either end and stops there", () => {
  for (const action of [-0.3, 1]) {
    let grip = 0, steps = 0;
    while (Math.abs(grip) < 1 && steps < 200) grip = nextGrip(grip, action), steps++;
    assert(steps === 100 || steps === 101, `${steps} steps`);
    assertEquals(nextGrip(grip, action), -Math.sign(action));
  }
  assertEquals(nextGrip(0.5, 0), 0.5);
  assertEquals([fingerTarget(1), fingerTarget(-1)], [0.04, 0]);
});

Deno.test("at its goal and posture, at rest, the torque is the bias force", () => {
  const [{ env, simulator }] = rigs;
  env.reset(key(1));
  const arm = simulator.readings(), torque = new Float64Array(7);
  const goal = {
    position: Float64Array.from(arm.toolPosition),
    rotation: Float64Array.from(arm.toolRotation),
  };
  oscTorque(torque, arm, goal, Float64Array.from(arm.qpos.subarray(0, 7)), oscScratch());
  torque.forEach((t, i) => assertAlmostEquals(t, arm.bias[i], 1e-9));
});

Deno.test("the posture task does not accelerate the tool", () => {
  const [{ env, simulator }] = rigs;
  env.reset(key(2));
  const arm = simulator.readings(), scratch = oscScratch();
  const goal = {
    position: Float64Array.from(arm.toolPosition),
    rotation: Float64Array.from(arm.toolRotation),
  };
  const torque = new Float64Array(7);
  oscTorque(torque, arm, goal, Float64Array.from(RESTING_POSE, (q) => q + 0.3), scratch);
  // q̈ = M⁻¹ (τ − bias); the tool then accelerates with J q̈, which has to vanish.
  const acceleration = torque.map((t, i) => t - arm.bias[i]);
  solveInto(scratch.inertiaFactor, 7, acceleration);
  assert(acceleration.some((a) => Math.abs(a) > 0.1));
  for (let d = 0; d < 6; d++) {
    let sum = 0;
    for (let i = 0; i < 7; i++) sum += scratch.jacobian[6 * i + d] * acceleration[i];
    assertAlmostEquals(sum, 0, 1e-9);
  }
});
