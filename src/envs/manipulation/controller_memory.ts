/**
 * What the controller carries from one engine step to the next, as a block of numbers inside the state.
 *
 * @module
 */
import type { PoseGoal } from "./osc.ts";

/** Views of the block; writing them changes the state. */
export interface ControllerMemory {
  /** Joint angles that the null-space task holds [7]: those of the reset. */
  readonly rest: Float64Array;
  /** Where the tool is to go. Its rotation stays while no rotation is asked for. */
  readonly goal: PoseGoal;
  /** Where the fingers are sent [1]: 1 open, −1 closed. */
  readonly grip: Float64Array;
}

/** Numbers in the block. */
export const MEMORY_SIZE = 20;

/** The block's parts. */
export const memoryViews = (block: Float64Array): ControllerMemory => ({
  rest: block.subarray(0, 7),
  goal: { position: block.subarray(7, 10), rotation: block.subarray(10, 19) },
  grip: block.subarray(19),
});
