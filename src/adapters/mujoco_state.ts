/**
 * Moves full states between typed arrays and the engine's data block.
 *
 * @module
 */
import { NonFiniteError } from "../tensor/non_finite.ts";
import type { Doubles } from "../tensor/tensor.ts";
import type { Machine } from "./mujoco_engine.ts";

/** The data block of one machine as a place that states are loaded into and saved from. */
export interface StateStore {
  /** Numbers in a state. */
  readonly size: number;
  /** Puts a state into the data block; does nothing when `state` is the one last saved or loaded. */
  load(state: Doubles): void;
  /** A copy of the data block's state, to be called after the engine has moved. */
  save(): Doubles;
}

/**
 * States are MuJoCo's integration state: time, positions, velocities, activations, warm start, controls and
 * applied forces. With the warm start in it, a state determines the future bit for bit.
 */
export function stateStore({ mj, model, data }: Machine): StateStore {
  const spec = mj.mjtState.mjSTATE_INTEGRATION.value;
  const size = mj.mj_stateSize(model, spec);
  const buffer = new mj.DoubleBuffer(size);
  let view: Float64Array = buffer.GetView();
  let current: Doubles | undefined;
  /** The heap's memory moves when it grows; views of the old memory are then empty. */
  const heapView = (): Float64Array => view.length === 0 ? view = buffer.GetView() : view;
  return {
    size,
    load(state) {
      if (state === current) return;
      heapView().set(state as Float64Array);
      mj.mj_setState(model, data, view as unknown as number[], spec);
      current = state;
    },
    save() {
      mj.mj_getState(model, data, buffer, spec);
      return current = heapView().slice();
    },
  };
}

/** Seconds per engine step. */
export function timestepOf({ model }: Machine): number {
  const option = model.opt, { timestep } = option;
  option.delete();
  return timestep;
}

/**
 * Throws when the engine has started over in between, which is how it answers a state that is not finite. Its
 * clock, the first number of a state, tells.
 *
 * @throws {RangeError} naming the time at which the simulation diverged
 */
export function requireAdvanced(before: Doubles, after: Doubles, seconds: number): void {
  if (Math.abs(after[0] - before[0] - seconds) < seconds / 2) return;
  const when = `${before[0].toFixed(3)} s, where the engine diverged and reset itself`;
  throw new NonFiniteError("step simulator", "acceleration", when, NaN);
}
