/**
 * MuJoCo as a {@link Simulator}: one model and one data block serve any number of states.
 *
 * @module
 */
import type { Engine, Simulator } from "../rl/environment.ts";
import { compile, type Machine } from "./mujoco_engine.ts";
import { requireAdvanced, stateStore, timestepOf } from "./mujoco_state.ts";

/** MuJoCo's engine. */
export const mujocoEngine: Engine = { load: (mjcf) => mujocoSimulator(compile(mjcf)) };

/** A simulator with constant controls over the substeps of a step. */
export function mujocoSimulator(machine: Machine): Simulator {
  const { mj, model, data } = machine;
  const { nq, nv, nu } = model;
  const store = stateStore(machine), dt = timestepOf(machine);
  let ctrl: Float64Array = data.ctrl;
  return {
    stateSize: store.size,
    nq,
    nv,
    nu,
    stateAt(qpos, qvel) {
      mj.mj_resetData(model, data);
      data.qpos.set(qpos);
      data.qvel.set(qvel);
      mj.mj_forward(model, data);
      return store.save();
    },
    step(state, control, substeps) {
      store.load(state);
      if (ctrl.length === 0) ctrl = data.ctrl;
      for (let i = 0; i < nu; i++) ctrl[i] = control[i];
      for (let i = 0; i < substeps; i++) mj.mj_step(model, data);
      const next = store.save();
      requireAdvanced(state, next, substeps * dt);
      return next;
    },
    // A saved state begins with the time, then positions, then velocities.
    qpos: (state) => state.subarray(1, 1 + nq),
    qvel: (state) => state.subarray(1 + nq, 1 + nq + nv),
  };
}
