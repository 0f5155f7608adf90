/**
 * The scripted policy from recorded initial states: whether and how soon it succeeds.
 *
 * @module
 */
import { type DemonstratedName, demonstrator } from "../../src/data/demonstrators/demonstrator.ts";
import { PLAIN } from "../../src/data/demonstrators/style.ts";
import { observe } from "../../src/envs/manipulation/observation.ts";
import { key } from "../../src/rng/key.ts";
import type { Doubles } from "../../src/tensor/tensor.ts";
import { dismantle, type RecordedState, rigOf, stateOf, taskOf } from "./arm_rig.ts";
import { verdict } from "./limits.ts";
import type { ParityResult } from "./result.ts";

interface ScriptedEpisode {
  readonly initial_state: RecordedState;
  readonly cube_half_size?: readonly number[];
  readonly first_success_step: number;
}

/** Episodes by task. */
export interface ScriptedEpisodes {
  readonly episodes: Readonly<Record<DemonstratedName, readonly ScriptedEpisode[]>>;
}

/**
 * All episodes of a task: each has to succeed, the mean number of steps to the first success may differ by a tenth.
 * Single episodes differ by more where a phase's end is met one step sooner or later.
 */
export function* checkScript(
  name: string,
  { episodes }: ScriptedEpisodes,
): Generator<ParityResult> {
  for (const [task, recorded] of Object.entries(episodes)) {
    const ours = recorded.map((episode) => firstSuccess(task as DemonstratedName, episode));
    const mean = (steps: readonly number[]) => steps.reduce((a, b) => a + b, 0) / steps.length;
    const theirs = mean(recorded.map((episode) => episode.first_success_step));
    const slower = mean(ours) / theirs - 1;
    yield verdict(`${name}/${task}`, [
      { quantity: "failures", error: ours.filter((s) => s === Infinity).length, limit: 0.5 },
      { quantity: "relative time to success", error: Math.abs(slower), limit: 0.1 },
    ]);
  }
}

/** The first rewarded step, from 1; infinite when there is none. */
function firstSuccess(task: DemonstratedName, episode: ScriptedEpisode): number {
  const rig = rigOf(taskOf(task, episode.cube_half_size)), act = demonstrator(task, PLAIN, key(0));
  let state = stateOf(rig, episode.initial_state);
  let observation: Doubles = observe(rig.simulator.readings(), rig.task.relativePose);
  for (let step = 1; step <= rig.env.spec.maxEpisodeSteps; step++) {
    const next = rig.env.step(state, act(observation));
    ({ state, observation } = next);
    if (next.reward > 0) {
      dismantle(rig);
      return step;
    }
  }
  dismantle(rig);
  return Infinity;
}
