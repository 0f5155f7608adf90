/**
 * The random numbers of training and sampling, drawn from keys.
 *
 * @module
 */
import { integers, normal } from "../rng/draw.ts";
import { type Key, split } from "../rng/key.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { chunkSize, type DiffusionPolicy } from "./policy.ts";

/** What a chain of M reverse steps consumes. Not clipped yet. */
export interface ChainNoise {
  /** [B, H · Da]: where the chain starts. */
  readonly initial: Tensor;
  /** [M, B, H · Da]: one draw per step, also where its standard deviation is 0. */
  readonly steps: Tensor;
}

/** Noise for chains of a batch of observations. */
export function drawNoise(policy: DiffusionPolicy, key: Key, batch: number): ChainNoise {
  const [first, rest] = split(key), size = chunkSize(policy);
  return {
    initial: normal(first, [batch, size]),
    steps: normal(rest, [policy.process.steps.length, batch, size]),
  };
}

/** What the supervised loss consumes. */
export interface LossNoise {
  /** [B]: diffusion steps, uniform in [0, K). */
  readonly t: Int32Array;
  /** [B, H · Da] */
  readonly noise: Tensor;
}

/** Steps and noise for the supervised loss on a batch of chunks. */
export function drawLossNoise(policy: DiffusionPolicy, key: Key, batch: number): LossNoise {
  const [first, rest] = split(key);
  return {
    t: integers(first, batch, policy.schedule.denoisingSteps),
    noise: normal(rest, [batch, chunkSize(policy)]),
  };
}
