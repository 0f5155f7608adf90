import { assertAlmostEquals, assertEquals } from "@std/assert";
import { policyOf } from "../../tasks/parity/build_network.ts";
import type { ParityCase, StoredArray } from "../../tasks/parity/case.ts";
import { handlers } from "../../tasks/parity/rwr_update.ts";
import { initialize } from "../../src/nn/network.ts";
import { key } from "../../src/rng/key.ts";
import { leafOf } from "../../src/tensor/params.ts";

const array = (shape: number[], data: Iterable<number>): StoredArray => ({
  dtype: "F32",
  shape,
  data: Float64Array.from(data),
});
const zeros = (...shape: number[]) =>
  array(shape, new Float64Array(shape.reduce((n, size) => n * size, 1)));

const config = {
  model: { denoising_steps: 2 },
  actor: { class: "DiffusionMLP", mlp_dims: [4], action_dim: 1, horizon_steps: 1, cond_dim: 1 },
  agent: { gamma: 0.5, beta: 1, max_reward_weight: 3, batch_size: 2, update_epochs: 2 },
  optimizer: { type: "AdamW", lr_actor: 1e-3, lr_critic: 1e-3 },
};

/** Four steps of two environments: the first finishes an episode of three, the second one of one and one of two. */
function smallCase(): ParityCase {
  const weights = initialize(policyOf(config).network, key(0));
  const draws = [0, 1].flatMap((epoch) => [
    [`noise/${10 * epoch}_shuffle`, array([5], [4, 0, 1, 2, 3])],
    ...[1, 2].flatMap((batch) => [
      [`noise/${10 * epoch + 2 * batch - 1}_randint`, zeros(2)],
      [`noise/${10 * epoch + 2 * batch}_randn_like`, zeros(1, 2, 1, 1)],
    ]),
  ]);
  const arrays = Object.fromEntries([
    ["in/buf_obs", zeros(4, 2, 1, 1)],
    ["in/buf_actions", zeros(4, 2, 1, 1)],
    ["in/buf_rewards", array([4, 2], [1, 9, 2, 3, 4, 5, 9, 9])],
    ["in/firsts", array([5, 2], [1, 1, 0, 1, 0, 0, 1, 1, 0, 0])],
    ...draws,
    ...weights.layout.map((
      { name, shape },
    ) => [`w/network.${name}`, array([...shape], leafOf(weights, name).data)]),
  ]);
  return { name: "rwr_update_x", kind: "rwr", config, sidecar: {}, arrays };
}

Deno.test("the update of reward-weighted regression uses finished episodes of more than one step", () => {
  const found = handlers["rwr_update*"](smallCase()) as Record<string, ArrayLike<number>>;
  // Returns to go with γ = ½: 1 + 2/2 + 4/4, 2 + 4/2, 4 in the first environment, 3 + 5/2, 5 in the second.
  const returns = [3, 4, 4, 5.5, 5], mean = 4.3, std = Math.sqrt(3.8 / 5);
  const weights = returns.map((r) => Math.min(3, Math.exp((r - mean) / (std + 1e-3))));
  const epoch = [4, 0, 1, 2].map((row) => weights[row]);
  Array.from(found["out/weights"]).forEach((w, i) => assertAlmostEquals(w, epoch[i % 4], 1e-6));
  assertEquals([found["out/weights"].length, found["out/actor_losses"].length], [8, 4]);
});
