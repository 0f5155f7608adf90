/**
 * A small Gaussian policy in plain arrays, float64 from the observation to the action, so that data generated
 * with it does not depend on any tensor engine.
 *
 * @module
 */
import { normal } from "../rng/draw.ts";
import { type Key, split } from "../rng/key.ts";
import { mlp } from "../nn/mlp.ts";
import { type Network, prefixed } from "../nn/network.ts";
import type { tf } from "../tensor/backend.ts";
import { leafOf, type Params } from "../tensor/params.ts";
import { type Doubles, type Floats, type Tensor, tensor } from "../tensor/tensor.ts";

const HIDDEN = [64, 64];

/** The mean's network on standardised observations: two hidden layers of 64 tanh units, leaves `actor.*`. */
export const gaussianMean = (
  observationSize: number,
  actionSize: number,
): Network<[x: tf.Tensor]> =>
  prefixed("actor.", mlp({ dimList: [observationSize, ...HIDDEN, actionSize] }));

/** Standardised observations are clipped to ± this. */
const OBSERVATION_CLIP = 10;

/** (o − mean) / std, clipped. */
export function standardize(row: Doubles | Floats, mean: Floats, std: Floats): Float64Array {
  const out = new Float64Array(row.length);
  for (let i = 0; i < out.length; i++) {
    const z = (row[i] - mean[i]) / std[i];
    out[i] = Math.min(OBSERVATION_CLIP, Math.max(-OBSERVATION_CLIP, z));
  }
  return out;
}

/** Draws actions for rows of observations. */
export interface GaussianPolicy {
  /** mean(o) + std · z with z from the key; one row. Not clipped. */
  sample(observation: Doubles | Floats, key: Key): Float64Array;
  /** One action per row of [B, Do]; [B, Da]. */
  sampleRows(observations: Tensor, key: Key): Tensor;
}

/**
 * The policy of the leaves `observation.mean`, `observation.std`, `actor.*` (three layers) and `log_std`.
 */
export function gaussianPolicy(params: Params): GaussianPolicy {
  const shift = leafOf(params, "observation.mean").data;
  const scale = leafOf(params, "observation.std").data;
  const std = Float64Array.from(leafOf(params, "log_std").data, Math.exp);
  const layers = [0, 1, 2].map((i) => ({
    weight: leafOf(params, `actor.moduleList.${i}.linear_1.weight`).data,
    bias: leafOf(params, `actor.moduleList.${i}.linear_1.bias`).data,
  }));
  const mean = (observation: Doubles | Floats): Float64Array => {
    let x = standardize(observation, shift, scale);
    layers.forEach(({ weight, bias }, i) => {
      x = affine(x, weight, bias);
      if (i < layers.length - 1) { for (let j = 0; j < x.length; j++) x[j] = Math.tanh(x[j]); }
    });
    return x;
  };
  const sample = (observation: Doubles | Floats, key: Key): Float64Array => {
    const noise = normal(key, [std.length]).data;
    return mean(observation).map((m, i) => m + std[i] * noise[i]);
  };
  return {
    sample,
    sampleRows({ shape: [rows, width], data }, key) {
      const out = new Float32Array(rows * std.length);
      split(key, rows).forEach((rowKey, r) => {
        out.set(sample(data.subarray(r * width, (r + 1) * width), rowKey), r * std.length);
      });
      return tensor([rows, std.length], out);
    },
  };
}

/** W x + b, sums in the order of the inputs. */
function affine(x: Float64Array, weight: Floats, bias: Floats): Float64Array {
  const out = new Float64Array(bias.length), n = x.length;
  for (let row = 0; row < out.length; row++) {
    let sum = bias[row];
    for (let i = 0, at = row * n; i < n; i++, at++) sum += weight[at] * x[i];
    out[row] = sum;
  }
  return out;
}
