import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { AdamState } from "../../src/optim/adam.ts";
import { adamw } from "../../src/optim/adamw.ts";
import { hasMoments, momentMonitors } from "../../src/experiments/moment_monitors.ts";
import { sgd } from "../../src/optim/sgd.ts";
import { paramsOf } from "../../src/tensor/params.ts";
import { tensor } from "../../src/tensor/tensor.ts";

const params = (...data: number[]) => paramsOf({ w: tensor([data.length], data) });

/** AdamW after gradients that stay the same. */
function after(steps: number, ...gradient: number[]): AdamState {
  const optimizer = adamw({ learningRate: 0.01 });
  let state = optimizer.init(params(...gradient.map(() => 0.5)));
  for (let i = 0; i < steps; i++) state = optimizer.step(state, params(...gradient));
  return state;
}

Deno.test("momentMonitors() of a constant gradient gives its norm, whatever the number of steps", () => {
  for (const steps of [1, 7, 50]) {
    const found = momentMonitors(after(steps, 3, -4), 1e-8);
    assertAlmostEquals(found.meanGradientNorm, 5, 1e-5);
    assertAlmostEquals(found.rmsGradientNorm, 5, 1e-5);
    assertAlmostEquals(found.largestStep, 1, 1e-5);
    assertEquals([found.steps, found.belowEps, found.underflown], [steps, 0, 0]);
  }
});

Deno.test("momentMonitors() counts the coordinates that ε damps by more than half", () => {
  const state = after(5, 1, 1e-9, 1e-7, 0);
  assertEquals(momentMonitors(state, 1e-8).belowEps, 0.5);
  assertEquals(momentMonitors(state, 1e-11).belowEps, 0.25);
  assertAlmostEquals(momentMonitors(after(5, 1e-9), 1e-9).largestStep, 0.5, 1e-4);
});

Deno.test("momentMonitors() sees a v that a float32 cannot hold, below and above", () => {
  const small = momentMonitors(after(3, 1, 1e-25), 1e-11);
  assertEquals([small.underflown, small.shares.zero], [0.5, 0.5]);
  const large = momentMonitors(after(3, 1e18), 1e-11);
  assert(large.headroom > 4 && large.headroom < 6, String(large.headroom));
  const broken = { ...after(1, 1, 2), theta: params(NaN, Infinity) };
  assertEquals(momentMonitors(broken, 1e-8).nonFinite, 2);
});

Deno.test("hasMoments() knows Adam's states and refuses those before the first step", () => {
  const start = adamw({ learningRate: 0 }).init(params(1));
  const plain = sgd({ learningRate: 0 }).init(params(1));
  assertEquals([hasMoments(start), hasMoments({ ...plain, count: 3 })], [false, false]);
  assert(hasMoments(after(1, 1)));
  assertThrows(() => momentMonitors(after(0, 1), 1e-8), RangeError, "no step taken");
});
