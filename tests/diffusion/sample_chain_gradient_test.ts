import fc from "fast-check";
import { drawNoise } from "../../src/diffusion/noise.ts";
import { sampleChain } from "../../src/diffusion/sample_chain.ts";
import { tf } from "../../src/tensor/backend.ts";
import { valueAndGrad } from "../../src/tensor/engine.ts";
import { requireGradient } from "../nn/finite_difference.ts";
import { settingOf, smallConfig, smallPolicy } from "./small_policy.ts";

Deno.test("sampleChain() has the gradient of its finite differences through all steps, for DDPM and DDIM", () => {
  fc.assert(
    fc.property(smallConfig, fc.boolean(), (config, deterministic) => {
      for (const ddimSteps of [undefined, 2]) {
        // Without the bound, whose kinks finite differences cannot follow; DDPM then needs to predict the chunk,
        // since an unbounded chunk from predicted noise is hundreds of times as large.
        const smooth = { denoisedClipValue: null, predictEpsilon: ddimSteps !== undefined };
        const policy = smallPolicy(config, { ddimSteps, ...smooth });
        const { actor, eta, observation, key } = settingOf(policy, config);
        const noise = drawNoise(policy, key, config.batch);
        const inputs = { cond: observation, initial: noise.initial, steps: noise.steps };
        const frozen: Record<string, NonNullable<typeof eta>> = eta ? { eta } : {};
        requireGradient(
          actor,
          key,
          (params) =>
            valueAndGrad(params, frozen, inputs, (actor, { eta }, { cond, ...noise }) => {
              const chunks = sampleChain(policy, { actor, eta }, cond, noise, deterministic);
              return { loss: tf.sum(tf.sin(chunks[chunks.length - 1])) };
            }),
        );
      }
    }),
    { numRuns: 12 },
  );
});
