import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { bcLoss, denoisingErrors } from "../../src/diffusion/bc_loss.ts";
import { drawLossNoise, drawNoise } from "../../src/diffusion/noise.ts";
import type { DiffusionPolicy } from "../../src/diffusion/policy.ts";
import { normal } from "../../src/rng/draw.ts";
import { foldIn, key as keyOf } from "../../src/rng/key.ts";
import { evaluate, valueAndGrad } from "../../src/tensor/engine.ts";
import { requireGradient } from "../nn/finite_difference.ts";
import { settingOf, type SmallConfig, smallConfig, smallPolicy } from "./small_policy.ts";

const property = (check: (config: SmallConfig) => void) =>
  fc.assert(fc.property(smallConfig, check), { numRuns: 20 });

function batchOf(policy: DiffusionPolicy, config: SmallConfig) {
  const { actor, key, observation } = settingOf(policy, config);
  const { t, noise } = drawLossNoise(policy, key, config.batch);
  const size = config.actionDim * config.horizonSteps;
  const chunk = normal(foldIn(key, 9), [config.batch, size]);
  return { actor, key, t, inputs: { chunk, cond: observation, noise } };
}

Deno.test("bcLoss() is the mean squared error of the prediction at the noisy chunk", () => {
  property((config) => {
    for (const predictEpsilon of [true, false]) {
      const policy = smallPolicy(config, { predictEpsilon });
      const { actor, t, inputs } = batchOf(policy, config);
      const { schedule } = policy, size = config.actionDim * config.horizonSteps;
      const row = (i: number) => t[Math.floor(i / size)];
      const noisy = inputs.chunk.data.map((a, i) =>
        schedule.sqrtAlphasCumprod[row(i)] * a +
        schedule.sqrtOneMinusAlphasCumprod[row(i)] * inputs.noise.data[i]
      );
      const steps = { shape: [config.batch], data: Float32Array.from(t) };
      const x = { shape: inputs.chunk.shape, data: noisy };
      const { prediction, loss, errors } = evaluate(
        { actor },
        { ...inputs, x, steps },
        ({ actor }, { x, steps, ...batch }) => ({
          prediction: policy.network.apply(actor, x, steps, batch.cond),
          loss: bcLoss(policy, actor, batch, t),
          errors: denoisingErrors(policy, actor, batch, t),
        }),
      );
      const target = predictEpsilon ? inputs.noise : inputs.chunk;
      const squares = prediction.data.map((y, i) => (y - target.data[i]) ** 2);
      squares.forEach((e, i) => assertAlmostEquals(errors.data[i], e, 1e-4));
      const mean = squares.reduce((sum, e) => sum + e, 0) / squares.length;
      assertAlmostEquals(loss.data[0], mean, 1e-4);
    }
  });
});

Deno.test("bcLoss() has the gradient of its finite differences", () => {
  property((config) => {
    const policy = smallPolicy(config), { actor, key, t, inputs } = batchOf(policy, config);
    requireGradient(
      actor,
      key,
      (params) =>
        valueAndGrad(params, {}, inputs, (weights, _, batch) => ({
          loss: bcLoss(policy, weights, batch, t),
        })),
    );
  });
});

const config = { actionDim: 2, horizonSteps: 3, condDim: 1, denoisingSteps: 5, batch: 1, seed: 0 };

Deno.test("drawLossNoise() draws every step about equally often and standard noise", () => {
  const { t, noise } = drawLossNoise(smallPolicy(config), keyOf(11), 5000);
  assertEquals(noise.shape, [5000, 6]);
  for (let step = 0; step < 5; step++) {
    const count = t.filter((drawn) => drawn === step).length;
    assertAlmostEquals(count, 1000, 5 * Math.sqrt(5000 * 0.2 * 0.8));
  }
  const square = noise.data.reduce((sum, z) => sum + z * z, 0) / noise.data.length;
  assertAlmostEquals(square, 1, 5 * Math.sqrt(2 / noise.data.length));
});

Deno.test("drawNoise() draws one chunk per observation and step, all from its key", () => {
  const policy = smallPolicy(config), noise = drawNoise(policy, keyOf(1), 4);
  assertEquals(noise.initial.shape, [4, 6]);
  assertEquals(noise.steps.shape, [5, 4, 6]);
  assertEquals(noise, drawNoise(policy, keyOf(1), 4));
  assertNotEquals(noise, drawNoise(policy, keyOf(2), 4));
  assert(noise.initial.data.every((z, i) => z !== noise.steps.data[i]));
});
