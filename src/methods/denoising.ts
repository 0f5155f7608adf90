/**
 * Supervised steps of a diffusion policy.
 *
 * @module
 */
import { denoisingErrors } from "../diffusion/bc_loss.ts";
import type { LossNoise } from "../diffusion/noise.ts";
import type { DiffusionPolicy } from "../diffusion/policy.ts";
import { tf } from "../tensor/backend.ts";
import { type ValueAndGrad, valueAndGrad } from "../tensor/engine.ts";
import type { Params } from "../tensor/params.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Whole chunks [B, H · Da], the observations they belong to and, optionally, a weight for each, [B]. */
export interface Demonstrations {
  readonly action: Tensor;
  readonly observation: Tensor;
  readonly weight?: Tensor;
}

/** mean_b w_b · mean of the squared errors of the predicted noise, with its gradient. */
export function denoisingGradient(
  policy: DiffusionPolicy,
  params: Params,
  { action, observation, weight }: Demonstrations,
  { t, noise }: LossNoise,
): ValueAndGrad {
  const inputs = { chunk: action, cond: observation, noise, ...(weight && { weight }) };
  return valueAndGrad(params, {}, inputs, (actor, _, batch: DenoisingNodes) => {
    const errors = denoisingErrors(policy, actor, batch, t);
    const weighted = batch.weight ? tf.mul(tf.mean(errors, 1), batch.weight) : errors;
    return { loss: tf.mean(weighted) };
  });
}

interface DenoisingNodes {
  readonly chunk: tf.Tensor;
  readonly cond: tf.Tensor;
  readonly noise: tf.Tensor;
  readonly weight?: tf.Tensor;
}
