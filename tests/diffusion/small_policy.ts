/** Small diffusion policies for tests. */
import fc from "fast-check";
import {
  type DiffusionConfig,
  type DiffusionPolicy,
  diffusionPolicy,
} from "../../src/diffusion/policy.ts";
import { etaAction } from "../../src/diffusion/eta.ts";
import { diffusionMlp } from "../../src/nn/diffusion_mlp.ts";
import { initialize } from "../../src/nn/network.ts";
import { normal } from "../../src/rng/draw.ts";
import { foldIn, type Key, key } from "../../src/rng/key.ts";
import type { Params } from "../../src/tensor/params.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";

/** What random policies differ in. */
export interface SmallConfig {
  readonly actionDim: number;
  readonly horizonSteps: number;
  readonly condDim: number;
  readonly denoisingSteps: number;
  readonly batch: number;
  readonly seed: number;
}

/** One of them. */
export const SOME_CONFIG: SmallConfig = {
  actionDim: 2,
  horizonSteps: 2,
  condDim: 3,
  denoisingSteps: 4,
  batch: 3,
  seed: 7,
};

export const smallConfig: fc.Arbitrary<SmallConfig> = fc.record({
  actionDim: fc.integer({ min: 1, max: 3 }),
  horizonSteps: fc.integer({ min: 1, max: 3 }),
  condDim: fc.integer({ min: 1, max: 4 }),
  denoisingSteps: fc.integer({ min: 2, max: 6 }),
  batch: fc.integer({ min: 1, max: 4 }),
  seed: fc.nat(1000),
});

/** A policy with a smooth network; DDIM policies have a learned η per action component. */
export function smallPolicy(
  { actionDim, horizonSteps, condDim, denoisingSteps }: SmallConfig,
  options: Partial<DiffusionConfig> = {},
): DiffusionPolicy {
  const network = diffusionMlp({
    actionDim,
    horizonSteps,
    condDim,
    timeDim: 4,
    mlpDims: [6, 6, 6],
    residualStyle: true,
  });
  const eta = options.ddimSteps === undefined ? undefined : etaAction(actionDim, { baseEta: 0.6 });
  return diffusionPolicy(network, { denoisingSteps, ...options }, eta);
}

/** Everything random that goes with a policy: parameters of actors and η, observations. */
export interface Setting {
  readonly key: Key;
  readonly actor: Params;
  readonly actorFt: Params;
  readonly eta?: Params;
  readonly observation: Tensor;
}

export function settingOf(policy: DiffusionPolicy, { batch, condDim, seed }: SmallConfig): Setting {
  const root = key(seed);
  return {
    key: foldIn(root, 0),
    actor: initialize(policy.network, foldIn(root, 1)),
    actorFt: initialize(policy.network, foldIn(root, 2)),
    eta: policy.eta && initialize(policy.eta, foldIn(root, 3)),
    observation: normal(foldIn(root, 4), [batch, condDim]),
  };
}
