/**
 * Steps of environments, one at a time.
 *
 * @module
 */
import { compile } from "../../src/adapters/mujoco_engine.ts";
import { mujocoEngines } from "../../src/adapters/mujoco_engines.ts";
import { halfcheetah } from "../../src/envs/halfcheetah.ts";
import { hopper } from "../../src/envs/hopper.ts";
import type { LocomotionTask } from "../../src/envs/locomotion.ts";
import { environments, type EnvName } from "../../src/envs/mod.ts";
import { walker2d } from "../../src/envs/walker2d.ts";
import { foldIn, key } from "../../src/rng/key.ts";
import { uniform } from "../../src/rng/draw.ts";
import { faster, type Figure, milliseconds } from "./measure.ts";

const PLANAR: Partial<Record<EnvName, LocomotionTask>> = { hopper, walker2d, halfcheetah };
const STEPS = 200;

/** The same actions for environment and raw loop. */
const actionsFor = (size: number): Float64Array[] =>
  Array.from(
    { length: STEPS },
    (_, i) => Float64Array.from(uniform(foldIn(key(1), i), [size], -1, 1).data),
  );

/** Control steps a second, from a reset on; an episode that ends begins again. */
function environmentRate(name: EnvName): number {
  const { spec, open } = environments[name], env = open(mujocoEngines);
  const actions = actionsFor(spec.actionSize), start = env.reset(key(0)).state;
  const time = milliseconds(() => {
    let state = start;
    for (const action of actions) {
      const next = env.step(state, action);
      state = next.done ? start : next.state;
    }
  });
  return STEPS / time * 1000;
}

/** Control steps a second of `mj_step` alone, with the same controls and no resets. */
function rawRate(task: LocomotionTask): number {
  const { mj, model, data } = compile(task.mjcf());
  const actions = actionsFor(task.spec.actionSize);
  const time = milliseconds(() => {
    mj.mj_resetData(model, data);
    for (const action of actions) {
      data.ctrl.set(action);
      for (let i = 0; i < task.substeps; i++) mj.mj_step(model, data);
    }
  });
  return STEPS / time * 1000;
}

/** Steps of every environment. */
export function* environmentFigures(): Generator<Figure> {
  for (const name of Object.keys(environments) as EnvName[]) {
    const task = PLANAR[name], raw = task && rawRate(task);
    yield faster("environment", name, environmentRate(name), "steps/s", raw, "mj_step alone");
  }
}
