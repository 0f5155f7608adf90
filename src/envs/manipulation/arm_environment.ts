/**
 * An arm task as an environment: 20 Hz control over 500 Hz physics.
 *
 * Rewards are 0 or 1 and nothing ends an episode: the caller cuts it after `spec.maxEpisodeSteps`, as the
 * reference's wrappers do.
 *
 * @see robosuite 1.4.1 `environments/base.py`; irom-lab/dppo `env/gym_utils/wrapper`
 * @module
 */
import type { ArmSimulator } from "../../rl/arm_simulator.ts";
import type { Environment, EnvSpec } from "../../rl/environment.ts";
import { normal } from "../../rng/draw.ts";
import { split } from "../../rng/key.ts";
import type { Doubles } from "../../tensor/tensor.ts";
import { controlStep, rememberReset } from "./controller.ts";
import { INITIAL_FINGERS } from "./gripper.ts";
import { observe } from "./observation.ts";
import { ARM_JOINTS, RESTING_POSE } from "./panda.ts";
import type { ArmTask } from "./task.ts";

/** Engine steps of 2 ms per control step. */
export const SUBSTEPS = 25;

/** Standard deviation of each joint's initial angle, rad. */
const POSE_NOISE = 0.02;

/** The numbers of a task that the outside sees. */
export const armSpec = ({ name, maxEpisodeSteps, observationSize }: ArmTask): EnvSpec => ({
  name,
  observationSize,
  actionSize: 7,
  maxEpisodeSteps,
  timeLimit: "wrapper",
  controlTimestep: 0.05,
  metric: "success",
});

/**
 * The environment of a task; a state is the engine's, the controller's memory included. Observation, reward and success are read as robosuite reads them: poses are those
 * of the last engine step, one integration (2 ms) before the state; only the fingers are current.
 */
export function armEnvironment(task: ArmTask, simulator: ArmSimulator): Environment<Doubles> {
  const spec = armSpec(task);
  return {
    spec,
    reset(key) {
      const [poseKey, objectKey] = split(key);
      const noise = normal(poseKey, [ARM_JOINTS]).data;
      const pose = RESTING_POSE.map((q, i) => q + POSE_NOISE * noise[i]);
      const qpos = Float64Array.of(...pose, ...INITIAL_FINGERS, ...task.place(objectKey));
      const state = simulator.stateAt(qpos, new Float64Array(simulator.nv), rememberReset);
      return { state, observation: observe(simulator.readings(), task.relativePose) };
    },
    step(state, action) {
      requireFinite(action);
      const next = simulator.run(state, SUBSTEPS, controlStep(action));
      const readings = simulator.readings();
      return {
        state: next,
        observation: observe(readings, task.relativePose),
        reward: task.solved(readings) ? 1 : 0,
        done: false,
      };
    },
  };
}

/** The engine would take such a torque for zero, silently. */
function requireFinite(action: Doubles): void {
  if (!action.every(Number.isFinite)) {
    throw new RangeError(`Cannot step arm: the action must be finite, found [${[...action]}]`);
  }
}
