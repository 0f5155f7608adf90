import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import { etaStateAction } from "../../src/diffusion/eta.ts";
import type { ActivationName } from "../../src/nn/activations.ts";
import { activation } from "../../src/nn/activations.ts";
import { conv1d, convTranspose1d } from "../../src/nn/conv1d.ts";
import { diffusionMlp } from "../../src/nn/diffusion_mlp.ts";
import { groupNorm } from "../../src/nn/group_norm.ts";
import { linearLayer } from "../../src/nn/linear_layer.ts";
import { mlp } from "../../src/nn/mlp.ts";
import { initialize, type Network } from "../../src/nn/network.ts";
import { residualMlp } from "../../src/nn/residual_mlp.ts";
import { timeEmbedding } from "../../src/nn/time_embedding.ts";
import { unet1d } from "../../src/nn/unet_1d.ts";
import { key } from "../../src/rng/key.ts";
import { leafOf } from "../../src/tensor/params.ts";
import type { Floats } from "../../src/tensor/tensor.ts";

const mean = (x: Floats) => x.reduce((sum, v) => sum + v, 0) / x.length;
const variance = (x: Floats) => mean(x.map((v) => v * v)) - mean(x) ** 2;

function leavesOf(network: Pick<Network, "leaves">): Record<string, Floats> {
  const params = initialize(network, key(3));
  return Object.fromEntries(
    params.layout.map(({ name }) => [name, leafOf(params, name).data]),
  );
}

/** Checks support, mean and variance of a uniform sample of n numbers, to five standard errors. */
function assertUniform(sample: Floats, bound: number): void {
  const n = sample.length;
  assert(sample.every((x) => Math.abs(x) <= bound));
  assertAlmostEquals(mean(sample), 0, 5 * bound / Math.sqrt(3 * n));
  assertAlmostEquals(variance(sample), bound ** 2 / 3, 5 * bound ** 2 * Math.sqrt(4 / 45 / n));
}

Deno.test("linear layers start uniform in plus or minus one over the root of their inputs", () => {
  const { weight, bias } = leavesOf(linearLayer(100, 400));
  assertUniform(weight, 0.1);
  assertUniform(bias, 0.1);
});

Deno.test("convolutions start with the bounds of torch", () => {
  const windows = { kernel: 4, stride: 2, padding: 1 };
  assertUniform(leavesOf(conv1d(25, 80, windows)).weight, 0.1);
  assertUniform(leavesOf(convTranspose1d(80, 25, windows)).weight, 0.1);
});

Deno.test("norms start as the identity on standardised numbers", () => {
  const { weight, bias } = leavesOf(groupNorm(2, 6));
  assertEquals([...weight], [1, 1, 1, 1, 1, 1]);
  assertEquals([...bias], [0, 0, 0, 0, 0, 0]);
});

Deno.test("learned noise levels start normal and narrow, without bias", () => {
  const leaves = leavesOf(etaStateAction(20, { inputDim: 100, mlpDims: [] }));
  const weight = leaves["mlp_res.moduleList.0.linear_1.weight"], std = 0.01 * Math.sqrt(2 / 120);
  assertAlmostEquals(mean(weight), 0, 5 * std / Math.sqrt(2000));
  assertAlmostEquals(variance(weight), std ** 2, 5 * std ** 2 * Math.sqrt(2 / 2000));
  assert(leaves["mlp_res.moduleList.0.linear_1.bias"].every((x) => x === 0));
});

Deno.test("initialize() gives the same parameters for a key and others for another", () => {
  const network = diffusionMlp({ actionDim: 2, horizonSteps: 2, condDim: 3, mlpDims: [8] });
  assertEquals(initialize(network, key(1)), initialize(network, key(1)));
  assertNotEquals(initialize(network, key(1)).data, initialize(network, key(2)).data);
});

Deno.test("initialize() draws every leaf on its own", () => {
  const params = initialize(linearLayer(64, 64), key(5));
  const weight = leafOf(params, "weight").data, bias = leafOf(params, "bias").data;
  assertNotEquals(weight.slice(0, 64), bias);
});

Deno.test("networks refuse widths, names and sizes they cannot have", () => {
  const sizes = { actionDim: 2, condDim: 3, mlpDims: [8] };
  for (
    const make of [
      () => mlp({ dimList: [3] }),
      () => mlp({ dimList: [3, 0, 2] }),
      () => residualMlp({ dimList: [3, 8, 8, 2] }),
      () => residualMlp({ dimList: [3, 8, 9, 8, 2] }),
      () => activation("Swish" as ActivationName),
      () => timeEmbedding(5, 8),
      () => timeEmbedding(2, 8),
      () => groupNorm(3, 8),
      () => unet1d({ ...sizes, horizonSteps: 6, dimMults: [1, 2, 4] }),
    ]
  ) assertThrows(make, RangeError, "Cannot create");
});
