/**
 * Networks of the six environments: forward and backward passes, and samples of the policy.
 *
 * @module
 */
import { drawNoise } from "../../src/diffusion/noise.ts";
import { sample } from "../../src/diffusion/sample.ts";
import { environments, type EnvName } from "../../src/envs/mod.ts";
import type { Profile } from "../../src/experiments/budgets.ts";
import { configure } from "../../src/experiments/hyperparameters.ts";
import { policyOf } from "../../src/methods/networks.ts";
import { initialize } from "../../src/nn/network.ts";
import { normal } from "../../src/rng/draw.ts";
import { key } from "../../src/rng/key.ts";
import { tf } from "../../src/tensor/backend.ts";
import { valueAndGrad } from "../../src/tensor/engine.ts";
import { faster, type Figure, milliseconds, slower } from "./measure.ts";
import { withStockKernels } from "./stock.ts";

/** The policy of an environment with initial weights. */
export function policyFor(env: EnvName, profile: Profile) {
  const { spec } = environments[env];
  const { hyper } = configure("dppo", spec, profile, "reference");
  const policy = policyOf(hyper);
  return { hyper, policy, params: initialize(policy.network, key(1)) };
}

/** GFLOP/s of loss and gradient; a weight of a matrix costs two operations forward and four backward. */
function* gradients(): Generator<Figure> {
  const all = (Object.keys(environments) as EnvName[]).map((env) => [env, "paper", 1000] as const);
  const sizes = [
    ...all,
    ["hopper", "paper", 128],
    ["hopper", "compact", 128],
    ["hopper", "compact", 2500],
  ] as const;
  for (const [env, profile, batch] of sizes) {
    const { policy: { network }, params } = policyFor(env, profile);
    const inputs = {
      x: normal(key(2), [batch, network.horizonSteps * network.actionDim]),
      cond: normal(key(3), [batch, network.condDim]),
      t: { shape: [batch], data: new Float32Array(batch).fill(3) },
    };
    const pass = () =>
      valueAndGrad(params, {}, inputs, (w, _, { x, t, cond }) => ({
        loss: tf.mean(tf.square(network.apply(w, x, t, cond))),
      }));
    const weights = network.leaves.filter((l) => l.shape.length === 2);
    const flops = 6 * batch * weights.reduce((n, l) => n + l.shape[0] * l.shape[1], 0);
    const rate = () => flops / milliseconds(pass) / 1e6;
    const name = `${env} ${profile} actor, batch ${batch}`;
    // Stock kernels take seconds for the larger passes.
    const stock = flops < 1e9 ? withStockKernels(rate) : undefined;
    yield faster("forward and backward", name, rate(), "GFLOP/s", stock);
  }
}

function* samples(): Generator<Figure> {
  for (const profile of ["compact", "paper"] as const) {
    for (const batch of [1, 10, 40, 50]) {
      const { hyper, policy, params } = policyFor("hopper", profile);
      const observation = normal(key(4), [batch, hyper.actor.condDim]);
      const noise = drawNoise(policy, key(5), batch);
      const call = () =>
        sample(policy, { actor: params }, observation, noise, { deterministic: false });
      const name = `hopper ${profile}, ${batch} observations, 20 steps`;
      const time = () => milliseconds(call);
      yield slower("sample a chunk", name, time(), withStockKernels(time));
    }
  }
}

/** Passes, then samples. */
export function* networkFigures(): Generator<Figure> {
  yield* gradients();
  yield* samples();
}
