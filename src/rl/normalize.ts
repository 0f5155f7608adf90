/**
 * Scaling between an environment's units and the networks' [−1, 1].
 *
 * @see irom-lab/dppo `env/gym_utils/wrapper/mujoco_locomotion_lowdim.py`, `script/dataset/get_d4rl_dataset.py`
 * @module
 */
import type { Doubles } from "../tensor/tensor.ts";
import type { Environment } from "./environment.ts";

/** Extremes of every observation and action number over a data set. */
export interface Normalization {
  /** [Do] */
  readonly observationMin: Doubles;
  readonly observationMax: Doubles;
  /** [Da] */
  readonly actionMin: Doubles;
  readonly actionMax: Doubles;
}

/** Keeps a range from being 0. The reference adds it when scaling down, not when scaling actions back up. */
const RANGE_FLOOR = 1e-6;

/** x ↦ 2 ((x − min) / (max − min + 10⁻⁶) − ½) for one row. Not clipped. */
export function scaleToUnit(row: Doubles, min: Doubles, max: Doubles): Doubles {
  const out = new Float64Array(row.length);
  for (let i = 0; i < out.length; i++) {
    out[i] = 2 * ((row[i] - min[i]) / (max[i] - min[i] + RANGE_FLOOR) - 0.5);
  }
  return out;
}

/** a ↦ (a + 1)/2 · (max − min) + min for one row. Not clipped. */
export function scaleFromUnit(row: Doubles, min: Doubles, max: Doubles): Doubles {
  const out = new Float64Array(row.length);
  for (let i = 0; i < out.length; i++) {
    out[i] = (row[i] + 1) / 2 * (max[i] - min[i]) + min[i];
  }
  return out;
}

/**
 * The environment in normalised units; rewards stay raw.
 *
 * @throws {RangeError} when the ranges do not have the environment's sizes
 */
export function normalized<S>(env: Environment<S>, ranges: Normalization): Environment<S> {
  const { observationMin, observationMax, actionMin, actionMax } = ranges;
  const { name, observationSize, actionSize } = env.spec;
  if (observationMin.length !== observationSize || actionMin.length !== actionSize) {
    throw new RangeError(
      `Cannot normalise ${name}: ranges must be of ${observationSize} observation and ${actionSize} action ` +
        `numbers, found ${observationMin.length} and ${actionMin.length}`,
    );
  }
  const scaled = (observation: Doubles) => scaleToUnit(observation, observationMin, observationMax);
  return {
    spec: env.spec,
    reset(key) {
      const { state, observation } = env.reset(key);
      return { state, observation: scaled(observation) };
    },
    step(state, action) {
      const transition = env.step(state, scaleFromUnit(action, actionMin, actionMax));
      return { ...transition, observation: scaled(transition.observation) };
    },
  };
}
