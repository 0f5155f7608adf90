/**
 * The networks that PPO trains: the mean of a Gaussian, its state-independent deviation, and a value.
 *
 * @module
 */
import { mlp } from "../nn/mlp.ts";
import { initialize, type Network, prefixed } from "../nn/network.ts";
import type { Key } from "../rng/key.ts";
import { tf } from "../tensor/backend.ts";
import type { Nodes } from "../tensor/engine.ts";
import { leafOf, type Params, paramsOf, select } from "../tensor/params.ts";
import { tensor } from "../tensor/tensor.ts";
import { gaussianMean } from "./gaussian_policy.ts";
import { deviations, type RunningMoments } from "./running_moments.ts";

/** Both on standardised observations; leaves `actor.*` and `critic.*`. */
export interface SourceNetworks {
  readonly actor: Network<[tf.Tensor]>;
  readonly critic: Network<[tf.Tensor]>;
}

/** SourceNetworks for the given sizes. */
export const sourceNetworks = (observationSize: number, actionSize: number): SourceNetworks => ({
  actor: gaussianMean(observationSize, actionSize),
  critic: prefixed("critic.", mlp({ dimList: [observationSize, 64, 64, 1] })),
});

/** The output layer of the mean starts at a hundredth of its usual size: actions near 0. */
export function initialParams(
  networks: SourceNetworks,
  actionSize: number,
  logStd: number,
  key: Key,
): Params {
  const leaves = [...networks.actor.leaves, ...networks.critic.leaves].map((leaf) =>
    leaf.name.startsWith("actor.moduleList.2") && "bound" in leaf.init
      ? { ...leaf, init: { bound: leaf.init.bound / 100 } }
      : leaf
  );
  const std = { name: "log_std", shape: [actionSize], init: { constant: logStd } };
  return initialize({ leaves: [...leaves, std] }, key);
}

/** The policy's leaves as `gaussianPolicy` takes them, with the moments as they are now. */
export function policyLeaves(theta: Params, moments: RunningMoments): Params {
  const width = moments.mean.length, actor = select(theta, "actor.");
  return paramsOf({
    "observation.mean": tensor([width], Float32Array.from(moments.mean)),
    "observation.std": tensor([width], Float32Array.from(deviations(moments))),
    ...Object.fromEntries(
      actor.layout.map((leaf) => [`actor.${leaf.name}`, leafOf(actor, leaf.name)]),
    ),
    log_std: leafOf(theta, "log_std"),
  });
}

/** ln N(a; mean(o), std) up to a constant, [B]. */
export function logDensity(
  { actor }: SourceNetworks,
  theta: Nodes,
  observation: tf.Tensor,
  action: tf.Tensor,
): tf.Tensor {
  const z = tf.div(tf.sub(action, actor.apply(theta, observation)), tf.exp(theta["log_std"]));
  const squares = tf.mul(tf.sum(tf.mul(z, z), 1), -0.5);
  return tf.sub(squares, tf.sum(theta["log_std"]));
}
