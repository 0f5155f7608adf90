import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { evaluate } from "../../src/tensor/engine.ts";
import { initialize, type Network } from "../../src/nn/network.ts";
import { key } from "../../src/rng/key.ts";
import type { tf } from "../../src/tensor/backend.ts";
import { tensor } from "../../src/tensor/tensor.ts";
import { etaOf, perceptronOf, policyOf } from "../../tasks/parity/build_network.ts";
import { Unsupported } from "../../tasks/parity/case.ts";

function initialValue(network: Network<[x: tf.Tensor]>): number {
  const weights = initialize(network, key(0)), x = tensor([1, 1], new Float32Array(1));
  return evaluate({ weights }, { x }, (nodes, inputs) => ({
    y: network.apply(nodes.weights, inputs.x),
  })).y.data[0];
}

Deno.test("etaOf() starts each module where the reference does", () => {
  const sizes = { input_dim: 1, action_dim: 1, mlp_dims: [2] };
  for (const [type, base] of [["fixed", 0.5], ["state", 0.5], ["state_action", 1]] as const) {
    assertAlmostEquals(initialValue(etaOf({ type, ...sizes })), base, 1e-6);
  }
});

Deno.test("perceptronOf() takes fields that it lacks when they are switched off", () => {
  const mlp = { class: "MLP", dim_list: [1, 1] };
  assertEquals(perceptronOf({ ...mlp, dropout: 0, verbose: true }).leaves.length, 2);
  assertThrows(() => perceptronOf({ ...mlp, dropout: 0.1 }), Unsupported, "dropout of MLP");
});

Deno.test("policyOf() takes a floor of 0", () => {
  const actor = { class: "DiffusionMLP", action_dim: 1, horizon_steps: 1, cond_dim: 1 };
  const model = { denoising_steps: 2, min_sampling_denoising_std: 0 };
  assertEquals(Math.fround(policyOf({ model, actor }).minSamplingDenoisingStd) < 1e-20, true);
});
