import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { boundNetwork } from "../../src/diffusion/bound_network.ts";
import { diffusionMlp } from "../../src/nn/diffusion_mlp.ts";
import { initialize } from "../../src/nn/network.ts";
import { unet1d } from "../../src/nn/unet_1d.ts";
import { normal } from "../../src/rng/draw.ts";
import { foldIn, key } from "../../src/rng/key.ts";
import { tf } from "../../src/tensor/backend.ts";
import { evaluate } from "../../src/tensor/engine.ts";

Deno.test("boundNetwork() predicts what the network predicts, to the bit, though it embeds each step once", () => {
  const sizes = { actionDim: 2, horizonSteps: 2, condDim: 3, condMlpDims: [5, 4] };
  const networks = [
    diffusionMlp({ ...sizes, mlpDims: [32, 32, 32], residualStyle: true }),
    unet1d({ ...sizes, dim: 4, dimMults: [1, 2], nGroups: 2, diffusionStepEmbedDim: 8 }),
  ];
  const steps = Int32Array.of(19, 7, 0);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(2), fc.nat(100), (batch, i, seed) => {
      for (const network of networks) {
        const root = key(seed), params = initialize(network, root);
        const x = normal(foldIn(root, 1), [batch, 4]), cond = normal(foldIn(root, 2), [batch, 3]);
        const { once, anew } = evaluate({ params }, { x, cond }, ({ params }, { x, cond }) => ({
          once: boundNetwork(network, params, cond, steps)(x, i),
          anew: network.apply(params, x, tf.fill([batch], steps[i]), cond),
        }));
        assertEquals(once, anew);
      }
    }),
    { numRuns: 30 },
  );
});
