import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import { type ChainNoise, drawNoise } from "../../src/diffusion/noise.ts";
import { sample } from "../../src/diffusion/sample.ts";
import { tf } from "../../src/tensor/backend.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { releaseUploads } from "../../src/tensor/upload.ts";
import {
  settingOf,
  type SmallConfig,
  smallConfig,
  smallPolicy,
  SOME_CONFIG,
} from "./small_policy.ts";

const property = (check: (config: SmallConfig) => void) =>
  fc.assert(fc.property(smallConfig, check), { numRuns: 25 });

/** The noise with one number of its last step changed. */
function disturbed({ initial, steps }: ChainNoise): ChainNoise {
  const data = Float32Array.from(steps.data);
  data[data.length - 1] += 0.5;
  return { initial, steps: { ...steps, data } };
}

const rows = (x: Tensor, from: number, count: number, axis: number): Tensor => {
  const inner = x.shape.slice(axis + 1).reduce((a, b) => a * b, 1), width = x.shape[axis] * inner;
  const outer = x.data.length / width, parts: number[] = [];
  for (let o = 0; o < outer; o++) {
    parts.push(...x.data.slice(o * width + from * inner, o * width + (from + count) * inner));
  }
  const shape = x.shape.map((n, i) => i === axis ? count : n);
  return { shape, data: Float32Array.from(parts) };
};

Deno.test("sample() without exploration ignores the last draw, with it the draw moves the action by the floor", () => {
  property((config) => {
    const policy = smallPolicy(config), { actor, observation, key } = settingOf(policy, config);
    const noise = drawNoise(policy, key, config.batch), other = disturbed(noise);
    const last = noise.initial.data.length - 1;
    const act = (noise: ChainNoise, deterministic: boolean) =>
      sample(policy, { actor }, observation, noise, { deterministic }).action.data;
    assertEquals(act(noise, true), act(other, true));
    const moved = act(other, false)[last] - act(noise, false)[last];
    assertAlmostEquals(moved, 0.5 * policy.minSamplingDenoisingStd, 1e-5);
  });
});

Deno.test("sample() without exploration still depends on the other draws", () => {
  const config = {
    actionDim: 2,
    horizonSteps: 2,
    condDim: 3,
    denoisingSteps: 5,
    batch: 2,
    seed: 1,
  };
  const policy = smallPolicy(config), { actor, observation, key } = settingOf(policy, config);
  const noise = drawNoise(policy, key, 2), steps = Float32Array.from(noise.steps.data);
  steps[0] += 0.5;
  const act = (noise: ChainNoise) =>
    sample(policy, { actor }, observation, noise, { deterministic: true }).action.data;
  assertNotEquals(act(noise), act({ ...noise, steps: { ...noise.steps, data: steps } }));
});

Deno.test("sample() clips draws and actions where told to, and never the initial noise", () => {
  property((config) => {
    const policy = smallPolicy(config, { randnClipValue: 0.4, finalActionClipValue: 0.3 });
    const { actor, observation, key } = settingOf(policy, config);
    const noise = drawNoise(policy, key, config.batch);
    const options = {
      deterministic: false,
      recordChain: true,
      ftDenoisingSteps: config.denoisingSteps,
    };
    const { action, chain } = sample(policy, { actor }, observation, noise, options);
    assert(action.data.every((a) => Math.abs(a) <= Math.fround(0.3)));
    assertEquals(rows(chain!, 0, 1, 1).data, noise.initial.data);
    const data = noise.steps.data.map((z) => Math.max(-0.4, Math.min(0.4, z)));
    const clipped = { ...noise, steps: { ...noise.steps, data } };
    assertEquals(sample(policy, { actor }, observation, clipped, options).action, action);
  });
});

Deno.test("sample() records the end of the chain, the action last", () => {
  property((config) => {
    const policy = smallPolicy(config), { observation, key, ...params } = settingOf(policy, config);
    const noise = drawNoise(policy, key, config.batch), ftDenoisingSteps = 2;
    const record = (ftDenoisingSteps: number) =>
      sample(policy, { actor: params.actor }, observation, noise, {
        deterministic: false,
        recordChain: true,
        ftDenoisingSteps,
      });
    const { action, chain } = record(ftDenoisingSteps);
    assertEquals(chain!.shape, [config.batch, 3, config.horizonSteps * config.actionDim]);
    assertEquals(rows(chain!, 2, 1, 1).data, action.data);
    const whole = record(config.denoisingSteps).chain!;
    assertEquals(rows(whole, config.denoisingSteps - 2, 3, 1).data, chain!.data);
  });
});

Deno.test("sample() gives the last steps to the fine-tuned actor and no others", () => {
  property((config) => {
    const policy = smallPolicy(config);
    const { observation, key, actor, actorFt } = settingOf(policy, config);
    const noise = drawNoise(policy, key, config.batch), K = config.denoisingSteps;
    const run = (
      params: { actor: typeof actor; actorFt?: typeof actor },
      ftDenoisingSteps: number,
    ) =>
      sample(policy, params, observation, noise, {
        deterministic: false,
        recordChain: true,
        ftDenoisingSteps,
      });
    assertEquals(run({ actor, actorFt: actor }, 1), run({ actor }, 1));
    assertEquals(run({ actor, actorFt }, K), run({ actor: actorFt }, K));
    // The recorded chain starts with what the frozen actor left.
    const mixed = run({ actor, actorFt }, 1).chain!, frozen = run({ actor }, 1).chain!;
    assertEquals(rows(mixed, 0, 1, 1), rows(frozen, 0, 1, 1));
  });
});

Deno.test("sample() treats the observations of a batch as if each were alone, to the bit", () => {
  property((config) => {
    const policy = smallPolicy(config), { actor, observation, key } = settingOf(policy, config);
    const { initial, steps } = drawNoise(policy, key, config.batch);
    const act = (observation: Tensor, noise: ChainNoise) =>
      sample(policy, { actor }, observation, noise, { deterministic: false }).action;
    const together = act(observation, { initial, steps });
    for (let b = 0; b < config.batch; b++) {
      const alone = act(rows(observation, b, 1, 0), {
        initial: rows(initial, b, 1, 0),
        steps: rows(steps, b, 1, 1),
      });
      assertEquals(alone, rows(together, b, 1, 0));
    }
  });
});

Deno.test("sample() with DDIM adds no noise unless it explores", () => {
  property((config) => {
    const policy = smallPolicy(config, { ddimSteps: 2 });
    const { observation, key, actor, eta } = settingOf(policy, config);
    const noise = drawNoise(policy, key, config.batch), other = disturbed(noise);
    const act = (noise: ChainNoise, deterministic: boolean) =>
      sample(policy, { actor, eta }, observation, noise, { deterministic }).action;
    assertEquals(act(noise, true), act(other, true));
    assertNotEquals(act(noise, false), act(other, false));
  });
});

Deno.test("sample() leaves its inputs alone and nothing on the heap", () => {
  const config = SOME_CONFIG;
  const policy = smallPolicy(config), { observation, key, ...params } = settingOf(policy, config);
  const noise = drawNoise(policy, key, 3), options = { deterministic: false, recordChain: true };
  const inputs = [observation, noise.initial, noise.steps, params.actor, params.actorFt];
  const before = inputs.map(({ data }) => Float32Array.from(data));
  releaseUploads();
  const tensors = tf.memory().numTensors;
  sample(policy, params, observation, noise, options);
  releaseUploads();
  assertEquals(tf.memory().numTensors, tensors);
  assertEquals(inputs.map(({ data }) => data), before);
});

Deno.test("policies and samplers refuse what they cannot be", () => {
  const config = {
    actionDim: 1,
    horizonSteps: 1,
    condDim: 1,
    denoisingSteps: 4,
    batch: 1,
    seed: 0,
  };
  assertThrows(() => smallPolicy(config, { randnClipValue: 0 }), RangeError, "must be positive");
  assertThrows(() => smallPolicy(config, { minLogprobDenoisingStd: NaN }), RangeError, "found NaN");
  const policy = smallPolicy(config), { actor, observation, key } = settingOf(policy, config);
  const noise = drawNoise(policy, key, 1), options = { deterministic: true, ftDenoisingSteps: 5 };
  assertThrows(() => sample(policy, { actor }, observation, noise, options), RangeError, "[1, 4]");
});
