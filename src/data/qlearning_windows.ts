/**
 * Training samples with rewards and next observations, as the reference makes them for Q-learning.
 *
 * The reward and the terminal flag are those of a window's first step while the next observation lies H steps
 * ahead: consistent for H = 1 only.
 *
 * @see irom-lab/dppo `agent/dataset/sequence.py`, StitchedSequenceQLearningDataset
 * @module
 */
import type { Floats, Tensor } from "../tensor/tensor.ts";
import { tensor } from "../tensor/tensor.ts";
import type { Trajectories } from "./dataset.ts";
import { type WindowConfig, type WindowStart, windowStarts } from "./windows.ts";

/** The starts of {@link windowStarts} without the last one of each trajectory that was cut by its time limit. */
export function qlearningStarts(
  { trajLengths, terminals }: Pick<Trajectories, "trajLengths" | "terminals">,
  config: WindowConfig,
): readonly WindowStart[] {
  const ends = Int32Array.from(trajLengths);
  for (let i = 1; i < ends.length; i++) ends[i] += ends[i - 1];
  return windowStarts(trajLengths, config).filter(({ row, age }) => {
    const trajectory = ends.findIndex((end) => row < end), end = ends[trajectory];
    const isLast = age + config.horizonSteps === trajLengths[trajectory];
    return !isLast || terminals[end - 1] === 1;
  });
}

/**
 * Observations H steps after each start, [M, To · Do]. Where the history reaches back before the trajectory, the
 * state H steps after its first one stands in. The last H samples are 0.
 */
export function nextStates(
  states: Tensor,
  starts: readonly WindowStart[],
  { horizonSteps, condSteps }: WindowConfig,
): Tensor {
  const width = states.shape[1], out = new Float32Array(starts.length * condSteps * width);
  starts.slice(0, -horizonSteps).forEach(({ row, age }, sample) => {
    for (let i = 0; i < condSteps; i++) {
      const from = row + horizonSteps - Math.min(condSteps - 1 - i, age);
      const values = states.data.subarray(from * width, (from + 1) * width);
      out.set(values as Float32Array, (sample * condSteps + i) * width);
    }
  });
  return tensor([starts.length, condSteps * width], out);
}

/** Σ γ^k r_{t+k} to the end of each trajectory, per row. */
export function rewardsToGo(rewards: Floats, trajLengths: Int32Array, gamma: number): Floats {
  const out = new Float32Array(rewards.length);
  let start = 0;
  for (const length of trajLengths) {
    for (let row = start + length - 1, later = 0; row >= start; row--) {
      later = out[row] = rewards[row] + gamma * later;
    }
    start += length;
  }
  return out;
}
