import fc from "fast-check";
import type { ActivationName } from "../../src/nn/activations.ts";
import { criticObsAct } from "../../src/nn/critic_obs_act.ts";
import { diffusionMlp } from "../../src/nn/diffusion_mlp.ts";
import { mlp } from "../../src/nn/mlp.ts";
import { initialize, type Network } from "../../src/nn/network.ts";
import { residualMlp } from "../../src/nn/residual_mlp.ts";
import { unet1d } from "../../src/nn/unet_1d.ts";
import { normal } from "../../src/rng/draw.ts";
import { foldIn, key as keyOf } from "../../src/rng/key.ts";
import { tf } from "../../src/tensor/backend.ts";
import { valueAndGrad } from "../../src/tensor/engine.ts";
import { leafOf, paramsOf } from "../../src/tensor/params.ts";
import { requireGradient } from "./finite_difference.ts";

const width = fc.integer({ min: 1, max: 6 });
const seed = fc.nat(1000);
// Without a kink, so that finite differences converge.
const activationType = fc.constantFrom<ActivationName>("Mish", "Tanh", "GELU", "Softplus");

/** The gradient of Σ sin(output) with respect to parameters and float inputs, all of them leaves. */
function requireNetworkGradient(
  network: Network,
  seed: number,
  inputs: readonly (readonly number[])[],
): void {
  const key = keyOf(seed), weights = initialize(network, foldIn(key, 0));
  const leaves = weights.layout.map(({ name }) => [name, leafOf(weights, name)] as const);
  const given = inputs.map((shape, i) =>
    [`input ${i}`, normal(foldIn(key, i + 1), shape)] as const
  );
  requireGradient(
    paramsOf(Object.fromEntries([...leaves, ...given])),
    foldIn(key, 99),
    (params) =>
      valueAndGrad(params, {}, {}, (nodes) => {
        const output = network.apply(nodes, ...given.map(([name]) => nodes[name]));
        return { loss: tf.sum(tf.sin(output)) };
      }),
  );
}

const property = <T>(arbitrary: fc.Arbitrary<T>, check: (config: T) => void, numRuns = 12) =>
  fc.assert(fc.property(arbitrary, check), { numRuns });

Deno.test("mlp() has the gradient of its finite differences", () => {
  const config = fc.record({
    dimList: fc.array(width, { minLength: 2, maxLength: 4 }),
    activationType,
    outActivationType: activationType,
    seed,
  });
  property(
    config,
    ({ seed, ...config }) => requireNetworkGradient(mlp(config), seed, [[3, config.dimList[0]]]),
  );
});

Deno.test("residualMlp() has the gradient of its finite differences, with layer norm too", () => {
  const config = fc.record({
    hidden: fc.integer({ min: 4, max: 7 }),
    blocks: fc.integer({ min: 0, max: 2 }),
    outputs: width,
    activationType,
    useLayernorm: fc.boolean(),
    seed,
  });
  property(config, ({ hidden, blocks, outputs, seed, ...config }) => {
    const dimList = [3, ...new Array(1 + 2 * blocks).fill(hidden), outputs];
    requireNetworkGradient(residualMlp({ dimList, ...config }), seed, [[3, 3]]);
  });
});

Deno.test("diffusionMlp() has the gradient of its finite differences", () => {
  const config = fc.record({
    actionDim: fc.integer({ min: 1, max: 3 }),
    horizonSteps: fc.integer({ min: 1, max: 3 }),
    condDim: width,
    timeDim: fc.constantFrom(4, 6),
    condMlpDims: fc.option(fc.constant([5, 3]), { nil: undefined }),
    residualStyle: fc.boolean(),
    activationType,
    seed,
  });
  property(config, ({ seed, ...config }) => {
    const network = diffusionMlp({ ...config, mlpDims: [6] });
    const shapes = [[2, config.actionDim * config.horizonSteps], [2], [2, config.condDim]];
    requireNetworkGradient(network as unknown as Network, seed, shapes);
  });
});

Deno.test("criticObsAct() has the gradient of its finite differences", () => {
  const config = fc.record({
    condDim: width,
    actionDim: width,
    actionSteps: fc.integer({ min: 1, max: 3 }),
    doubleQ: fc.boolean(),
    activationType,
    seed,
  });
  property(config, ({ seed, ...config }) => {
    const critic = criticObsAct({ ...config, mlpDims: [6, 5] });
    const apply: Network["apply"] = (w, cond, action) =>
      tf.addN([...critic.heads(w, cond, action)]);
    const shapes = [[3, config.condDim], [3, config.actionDim * config.actionSteps]];
    requireNetworkGradient({ leaves: critic.leaves, apply }, seed, shapes);
  });
});

Deno.test("unet1d() has the gradient of its finite differences", () => {
  const config = fc.record({
    actionDim: fc.integer({ min: 1, max: 2 }),
    horizonSteps: fc.constantFrom(4, 8),
    dimMults: fc.constantFrom([1], [1, 2], [1, 1, 2]),
    kernelSize: fc.constantFrom(3, 5),
    nGroups: fc.constantFrom(null, 2),
    smallerEncoder: fc.boolean(),
    condPredictScale: fc.boolean(),
    condMlpDims: fc.option(fc.constant([4, 3]), { nil: undefined }),
    activationType,
    seed,
  });
  // A small eps would make the norm of a group of two numbers almost a step.
  const fixed = { condDim: 3, diffusionStepEmbedDim: 4, dim: 4, groupnormEps: 0.1 };
  property(config, ({ seed, ...config }) => {
    const network = unet1d({ ...config, ...fixed });
    const shapes = [[2, config.actionDim * config.horizonSteps], [2], [2, 3]];
    requireNetworkGradient(network as unknown as Network, seed, shapes);
  }, 6);
});
