/**
 * Executing recorded actions in our simulator from a recorded state, to see whether they still solve the task.
 *
 * @module
 */
import type { RecordedRun } from "../data/import/robomimic_runs.ts";
import { rememberReset } from "../envs/manipulation/controller.ts";
import type { ArmSimulator } from "../rl/arm_simulator.ts";
import type { Environment } from "../rl/environment.ts";
import type { Doubles } from "../tensor/tensor.ts";

/** What came of a replay. */
export interface ReplayedRun {
  readonly steps: number;
  /** Whether some step was rewarded. */
  readonly solved: boolean;
  /** Whether every step of some chunk was, which is how episodes are scored. */
  readonly scored: boolean;
  /** The first step, from 1, after which the object is off; absent when it never is. */
  readonly offAt?: number;
}

/** How a replay is judged. */
export interface ReplayRule {
  /** Steps of a chunk. */
  readonly chunk: number;
  /** Distance from the recorded position at which the object counts as off, m. */
  readonly tolerance: number;
}

/** Where the object's position begins among a run's positions. */
const OBJECT = 9;

/**
 * The outcome of a run's actions from its first state.
 *
 * @param env the task on the given simulator
 */
export function replayRun(
  env: Environment<Doubles>,
  simulator: ArmSimulator,
  { positions, velocities, actions }: RecordedRun,
  { chunk, tolerance }: ReplayRule,
): ReplayedRun {
  const steps = actions.rows, rewards: number[] = [];
  let state = simulator.stateAt(rowOf(positions, 0), rowOf(velocities, 0), rememberReset);
  let offAt: number | undefined;
  for (let step = 0; step < steps; step++) {
    const next = env.step(state, rowOf(actions, step));
    state = next.state;
    rewards.push(next.reward);
    if (offAt !== undefined || step + 1 === steps) continue;
    const found = simulator.qpos(state), recorded = rowOf(positions, step + 1);
    const [dx, dy, dz] = [0, 1, 2].map((d) => found[OBJECT + d] - recorded[OBJECT + d]);
    if (Math.hypot(dx, dy, dz) > tolerance) offAt = step + 1;
  }
  const isFull = (from: number) => rewards.slice(from, from + chunk).every((r) => r > 0);
  const chunks = Array.from({ length: Math.floor(steps / chunk) }, (_, i) => i * chunk);
  return {
    steps,
    solved: rewards.some((r) => r > 0),
    scored: chunks.some(isFull),
    ...(offAt === undefined ? {} : { offAt }),
  };
}

const rowOf = ({ width, data }: RecordedRun["actions"], row: number): Float64Array =>
  Float64Array.from(data.subarray(row * width, (row + 1) * width));
