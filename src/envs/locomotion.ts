/**
 * The three gym locomotion tasks, version 2: observation, reward, termination and reset over a simulator.
 *
 * @see OpenAI Gym 0.21, `gym/envs/mujoco/`; D4RL, `d4rl/utils/wrappers.py` (action clipping)
 * @module
 */
import { normal, uniform } from "../rng/draw.ts";
import { split } from "../rng/key.ts";
import type { Environment, EnvSpec, Simulator, Transition } from "../rl/environment.ts";
import type { Doubles } from "../tensor/tensor.ts";
import type { Physics } from "./planar_robot.ts";

/** What distinguishes one task from another. */
export interface LocomotionTask {
  readonly spec: EnvSpec;
  mjcf(physics?: Physics): string;
  /** Engine steps per control step. */
  readonly substeps: number;
  /** Generalised positions at the reference pose. */
  readonly initialPosition: readonly number[];
  /** Observed velocities are clipped to ± this; the state is not. */
  readonly observedVelocityLimit: number;
  /** Reward of every step, the terminal one included. */
  readonly aliveBonus: number;
  /** Weight of the squared action in the reward. */
  readonly controlCost: number;
  /** Initial positions are uniform within ± this of the reference pose. */
  readonly resetScale: number;
  /** Initial velocities: uniform within ± `resetScale`, or normal with that standard deviation. */
  readonly resetVelocity: "uniform" | "normal";
  /** The episode goes on; false for any value that is not a number. */
  isHealthy(qpos: Doubles, qvel: Doubles): boolean;
}

/** Options of a locomotion environment. */
export interface LocomotionOptions {
  /** Clip actions to [−1, 1] before anything sees them, as D4RL's wrapper does. On by default; bare gym does not. */
  readonly clipActions?: boolean;
}

/**
 * The task as an environment; a state is the simulator's.
 *
 *   observation = (qpos[1:], clip(qvel, ±limit)),  reward = (x′ − x)/dt + bonus − cost Σ a²
 *
 * The control cost counts the action as given; the motors clamp theirs.
 */
export function locomotion(
  task: LocomotionTask,
  simulator: Simulator,
  { clipActions = true }: LocomotionOptions = {},
): Environment<Doubles> {
  const { spec, substeps, observedVelocityLimit: limit } = task;
  const observe = (qpos: Doubles, qvel: Doubles): Doubles => {
    const out = new Float64Array(qpos.length - 1 + qvel.length);
    for (let i = 1; i < qpos.length; i++) out[i - 1] = qpos[i];
    for (let i = 0; i < qvel.length; i++) {
      out[qpos.length - 1 + i] = Math.min(limit, Math.max(-limit, qvel[i]));
    }
    return out;
  };
  return {
    spec,
    reset(key) {
      const [positionKey, velocityKey] = split(key), scale = task.resetScale;
      const qpos = Float64Array.from(
        uniform(positionKey, [simulator.nq], -scale, scale).data,
        (u, i) => task.initialPosition[i] + u,
      );
      const qvel = task.resetVelocity === "uniform"
        ? Float64Array.from(uniform(velocityKey, [simulator.nv], -scale, scale).data)
        : Float64Array.from(normal(velocityKey, [simulator.nv]).data, (z) => scale * z);
      return { state: simulator.stateAt(qpos, qvel), observation: observe(qpos, qvel) };
    },
    step(state, action): Transition<Doubles> {
      const control = clipActions ? clipped(action) : action;
      const x = simulator.qpos(state)[0];
      const next = simulator.step(state, control, substeps);
      const qpos = simulator.qpos(next), qvel = simulator.qvel(next);
      return {
        state: next,
        observation: observe(qpos, qvel),
        reward: (qpos[0] - x) / spec.controlTimestep + task.aliveBonus -
          task.controlCost * sumOfSquares(control),
        done: !task.isHealthy(qpos, qvel),
      };
    },
  };
}

/** The action with every number in [−1, 1]; itself where it already is. */
function clipped(action: Doubles): Doubles {
  const inside = action.every((a) => a >= -1 && a <= 1);
  return inside ? action : action.map((a) => Math.min(1, Math.max(-1, a)));
}

function sumOfSquares(values: Doubles): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return sum;
}
