/**
 * Policies that probes start from: imitations of stated, mediocre demonstrators.
 *
 * @module
 */
import { drawLossNoise } from "../diffusion/noise.ts";
import { denoisingGradient } from "../methods/denoising.ts";
import type { MethodHyper } from "../methods/hyper.ts";
import { policyOf } from "../methods/networks.ts";
import { initialize } from "../nn/network.ts";
import { adamw } from "../optim/adamw.ts";
import { uniform } from "../rng/draw.ts";
import { address, key } from "../rng/key.ts";
import type { Params } from "../tensor/params.ts";
import { tensor } from "../tensor/tensor.ts";

/** A demonstrated chunk, whatever is observed, from as many numbers uniform in [−1, 1]. */
export type Demonstrator = (random: readonly number[]) => readonly number[];

const STEPS = 400, BATCH = 64;

/** The policy of `hyper` after a short training on a demonstrator, for observations uniform in [−1, 1]. */
export function imitation(hyper: MethodHyper, demonstrate: Demonstrator): Params {
  const policy = policyOf(hyper), { condDim, actionDim, horizonSteps } = hyper.actor;
  const optimizer = adamw({ learningRate: 3e-3 }), chunk = actionDim * horizonSteps;
  let state = optimizer.init(initialize(policy.network, key(11)));
  for (let i = 0; i < STEPS; i++) {
    const draw = address(key(12), i);
    const observation = uniform(address(draw, "observation"), [BATCH, condDim], -1, 1);
    const random = uniform(address(draw, "random"), [BATCH, chunk], -1, 1).data;
    const rows = Array.from(
      { length: BATCH },
      (_, b) => demonstrate([...random.subarray(b * chunk, (b + 1) * chunk)]),
    );
    const action = tensor([BATCH, chunk], rows.flat());
    const noise = drawLossNoise(policy, address(draw, "loss"), BATCH);
    const { grads } = denoisingGradient(policy, state.theta, { observation, action }, noise);
    state = optimizer.step(state, grads);
  }
  return state.theta;
}
