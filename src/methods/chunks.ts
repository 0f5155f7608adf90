/**
 * The executed part of predicted action chunks.
 *
 * @module
 */
import type { DiffusionPolicy } from "../diffusion/policy.ts";
import type { Sample } from "../diffusion/sample.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";
import type { ActionSample } from "./method.ts";

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

/** A sample as the environment executes it. */
export const executedSample = (
  policy: DiffusionPolicy,
  actSteps: number,
  { action, chain }: Sample,
): ActionSample => ({ action: executedPart(policy, actSteps, action), chain });
