/**
 * Sampled chunks and the part of them that is executed.
 *
 * @module
 */
import { drawNoise } from "../diffusion/noise.ts";
import type { DiffusionPolicy } from "../diffusion/policy.ts";
import { sample } from "../diffusion/sample.ts";
import type { Key } from "../rng/key.ts";
import type { Params } from "../tensor/params.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";
import type { ActionSample, ActMode } from "./method.ts";

/** The first A of the H actions of each chunk: [B, H · Da] → [B, A · Da]. */
export function executedPart(
  { network }: DiffusionPolicy,
  actSteps: number,
  chunk: Tensor,
): Tensor {
  const [rows, width] = chunk.shape, kept = actSteps * network.actionDim;
  if (kept === width) return chunk;
  const data = new Float32Array(rows * kept);
  for (let i = 0; i < data.length; i++) {
    data[i] = chunk.data[Math.floor(i / kept) * width + i % kept];
  }
  return tensor([rows, kept], data);
}

/** Acts by samples of one actor. */
export function actBySampling(
  policy: DiffusionPolicy,
  actSteps: number,
  actor: Params,
  observation: Tensor,
  key: Key,
  mode: ActMode,
): ActionSample {
  const noise = drawNoise(policy, key, observation.shape[0]);
  const options = { deterministic: mode === "evaluate" };
  const { action } = sample(policy, { actor }, observation, noise, options);
  return { action: executedPart(policy, actSteps, action) };
}
