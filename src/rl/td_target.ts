/**
 * One-step value targets.
 *
 * @module
 */
import { type Floats, type Tensor, tensor } from "../tensor/tensor.ts";

/**
 * r + γ (1 − terminated) V′, [B].
 *
 * @param nextValue V′, [B]: the value of what followed
 */
export function tdTargets(
  { reward, terminated }: { readonly reward: Tensor; readonly terminated: Tensor },
  nextValue: Floats,
  gamma: number,
): Tensor {
  const targets = Float32Array.from(
    nextValue,
    (v, b) => reward.data[b] + gamma * (1 - terminated.data[b]) * v,
  );
  return tensor([targets.length], targets);
}
