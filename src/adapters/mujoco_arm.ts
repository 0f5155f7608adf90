/**
 * MuJoCo as an {@link ArmSimulator}.
 *
 * @module
 */
import type { ArmEngine, ArmModel, ArmReadings, ArmSimulator } from "../rl/arm_simulator.ts";
import { compile, type Machine } from "./mujoco_engine.ts";
import { stateStore } from "./mujoco_state.ts";
import { warningGuard } from "./mujoco_warnings.ts";

/** MuJoCo's engine for arms. */
export const mujocoArmEngine: ArmEngine = {
  load: (model) => mujocoArm(compile(model.xml), model),
};

/** A simulator whose feedback runs between the two halves of every engine step. */
export function mujocoArm(machine: Machine, names: ArmModel): ArmSimulator {
  const { mj, model, data } = machine;
  const { nq, nv } = model;
  const store = stateStore(machine);
  const views = viewsOf(machine, names);
  const guard = warningGuard(machine);
  return {
    stateSize: store.size,
    nq,
    nv,
    stateAt(qpos, qvel, remember = () => {}) {
      mj.mj_resetData(model, data);
      guard.reset();
      data.qpos.set(qpos);
      data.qvel.set(qvel);
      mj.mj_forward(model, data);
      remember(views().readings);
      return store.save();
    },
    run(state, substeps, feedback) {
      store.load(state);
      const { readings, controls } = views();
      for (let i = 0; i < substeps; i++) {
        mj.mj_step1(model, data);
        feedback(readings, controls, i);
        mj.mj_step2(model, data);
      }
      guard.check("Cannot step arm");
      return store.save();
    },
    readings: () => views().readings,
    // A saved state begins with the time, then positions, then velocities.
    qpos: (state) => state.subarray(1, 1 + nq),
    qvel: (state) => state.subarray(1 + nq, 1 + nq + nv),
  };
}

interface Views {
  readonly readings: ArmReadings;
  readonly controls: Float64Array;
}

/** Views of the data block, made again when the heap's memory has moved and the old ones are empty. */
function viewsOf({ mj, model, data }: Machine, names: ArmModel): () => Views {
  const id = (type: { value: number }, name: string) => mj.mj_name2id(model, type.value, name);
  const site = id(mj.mjtObj.mjOBJ_SITE, names.toolSite);
  const hand = id(mj.mjtObj.mjOBJ_BODY, names.handBody);
  const object = id(mj.mjtObj.mjOBJ_BODY, names.objectBody);
  const part = (all: Float64Array, size: number, i: number) =>
    all.subarray(size * i, size * (i + 1));
  const take = (): Views => ({
    readings: {
      qpos: data.qpos,
      qvel: data.qvel,
      jointAnchor: data.xanchor,
      jointAxis: data.xaxis,
      inertia: data.qM,
      bias: data.qfrc_bias,
      toolPosition: part(data.site_xpos, 3, site),
      toolRotation: part(data.site_xmat, 9, site),
      handQuaternion: part(data.xquat, 4, hand),
      objectPosition: part(data.xpos, 3, object),
      objectQuaternion: part(data.xquat, 4, object),
      // MuJoCo carries user data along in its integration state.
      memory: data.userdata,
    },
    controls: data.ctrl,
  });
  let views = take();
  return () => views.controls.length > 0 ? views : views = take();
}
