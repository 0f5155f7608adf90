import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { chainLogProb, gaussianLogProb } from "../../src/diffusion/log_prob.ts";
import { drawNoise } from "../../src/diffusion/noise.ts";
import type { DiffusionConfig } from "../../src/diffusion/policy.ts";
import { sample } from "../../src/diffusion/sample.ts";
import { tf } from "../../src/tensor/backend.ts";
import { evaluate, valueAndGrad } from "../../src/tensor/engine.ts";
import { type Tensor, tensor } from "../../src/tensor/tensor.ts";
import { releaseUploads } from "../../src/tensor/upload.ts";
import { requireGradient } from "../nn/finite_difference.ts";
import {
  settingOf,
  type SmallConfig,
  smallConfig,
  smallPolicy,
  SOME_CONFIG,
} from "./small_policy.ts";

const property = (check: (config: SmallConfig) => void) =>
  fc.assert(fc.property(smallConfig, check), { numRuns: 20 });

/** A recorded chain of F transitions and what made it. */
function recorded(
  config: SmallConfig,
  ftDenoisingSteps: number,
  options: Partial<DiffusionConfig> = {},
) {
  const policy = smallPolicy(config, options);
  const setting = settingOf(policy, config), { actor, eta, observation, key } = setting;
  const noise = drawNoise(policy, key, config.batch);
  const { chain } = sample(policy, { actor, eta }, observation, noise, {
    deterministic: false,
    recordChain: true,
    ftDenoisingSteps,
  });
  return { policy, setting, noise, chain: chain! };
}

Deno.test("gaussianLogProb() is the log-density of the normal distribution", () => {
  const inputs = {
    x: tensor([2], [0.5, 3]),
    mean: tensor([2], [0.5, 1]),
    std: tensor([2], [1, 2]),
  };
  const { y } = evaluate({}, inputs, (_, { x, mean, std }) => ({
    y: gaussianLogProb(x, mean, std),
  }));
  assertAlmostEquals(y.data[0], -0.9189385, 1e-6);
  assertAlmostEquals(y.data[1], -0.5 - Math.log(2) - 0.9189385, 1e-6);
});

Deno.test("chainLogProb() gives each sampled transition the density of the draw that made it", () => {
  property((config) => {
    const F = 2, { policy, setting, noise, chain } = recorded(config, F);
    const inputs = { chain, cond: setting.observation };
    const { logProb, std } = evaluate({ actor: setting.actor }, inputs, ({ actor }, inputs) => ({
      logProb: chainLogProb(policy, actor, inputs.chain, inputs.cond).logProb,
      std: policy.process.std([config.denoisingSteps - 2, config.denoisingSteps - 1]),
    }));
    const size = config.horizonSteps * config.actionDim, { batch } = config;
    assertEquals(logProb.shape, [batch * F, size]);
    logProb.data.forEach((found, i) => {
      const row = Math.floor(i / size), b = Math.floor(row / F), j = row % F;
      const step = config.denoisingSteps - F + j, s = Math.max(std.data[j], 0.1);
      const z = noise.steps.data[(step * batch + b) * size + i % size];
      assertAlmostEquals(found, -0.5 * z ** 2 - Math.log(s) - 0.5 * Math.log(2 * Math.PI), 2e-4);
    });
  });
});

Deno.test("chainLogProb() has the gradient of its finite differences, for DDPM and DDIM", () => {
  property((config) => {
    for (const ddimSteps of [undefined, 2]) {
      // Without the bound, whose kinks finite differences cannot follow; DDPM then needs to predict the chunk,
      // since an unbounded chunk from predicted noise is hundreds of times as large.
      const predictEpsilon = ddimSteps !== undefined;
      const smooth = { ddimSteps, denoisedClipValue: null, predictEpsilon };
      const { policy, setting, chain } = recorded(config, 2, smooth);
      const { actor, eta, observation, key } = setting;
      const inputs = { chain, cond: observation };
      requireGradient(
        actor,
        key,
        (params) =>
          valueAndGrad(params, eta ? { eta } : {}, inputs, (weights, frozen, { chain, cond }) => {
            const { logProb } = chainLogProb(policy, weights, chain, cond, frozen.eta);
            return { loss: tf.mean(logProb) };
          }),
      );
      if (eta === undefined) continue;
      requireGradient(
        eta,
        key,
        (params) =>
          valueAndGrad(params, { actor }, inputs, (eta, { actor }, { chain, cond }) => {
            const { logProb } = chainLogProb(policy, actor, chain, cond, eta);
            return { loss: tf.mean(logProb) };
          }),
      );
    }
  });
});

Deno.test("chainLogProb() judges the transitions of a batch as if each chain were alone, to the bit", () => {
  property((config) => {
    const { policy, setting, chain } = recorded(config, 2);
    const { actor, observation } = setting;
    const judge = (chain: Tensor, cond: Tensor) =>
      evaluate({ actor }, { chain, cond }, ({ actor }, { chain, cond }) => ({
        logProb: chainLogProb(policy, actor, chain, cond).logProb,
      })).logProb.data;
    const together = judge(chain, observation), width = together.length / config.batch;
    for (let b = 0; b < config.batch; b++) {
      const entry = (x: Tensor): Tensor => {
        const n = x.data.length / config.batch;
        return { shape: [1, ...x.shape.slice(1)], data: x.data.slice(b * n, (b + 1) * n) };
      };
      assertEquals(
        judge(entry(chain), entry(observation)),
        together.slice(b * width, (b + 1) * width),
      );
    }
  });
});

Deno.test("chainLogProb() leaves nothing on the heap", () => {
  const config = SOME_CONFIG;
  const { policy, setting, chain } = recorded(config, 2), { actor, observation } = setting;
  releaseUploads();
  const tensors = tf.memory().numTensors;
  valueAndGrad(actor, {}, { chain, cond: observation }, (weights, _, { chain, cond }) => {
    const { logProb } = chainLogProb(policy, weights, chain, cond);
    return { loss: tf.mean(logProb), aux: { logProb } };
  });
  assertEquals(tf.memory().numTensors, tensors);
});
