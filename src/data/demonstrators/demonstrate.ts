/**
 * Episodes of a demonstrator, and data sets of its successes.
 *
 * @module
 */
import type { Environment } from "../../rl/environment.ts";
import { address, type Key } from "../../rng/key.ts";
import { type Doubles, tensor } from "../../tensor/tensor.ts";
import type { RawReplay } from "../dataset.ts";
import { type DemonstratedName, demonstrator } from "./demonstrator.ts";
import { drawStyle, type Style } from "./style.ts";

/** What was seen, done and earned; observations are those before each action. */
export interface Demonstration {
  readonly observations: readonly Doubles[];
  readonly actions: readonly Doubles[];
  readonly rewards: readonly number[];
  /** Step of the first reward, from 1; absent when there was none. */
  readonly firstSuccess?: number;
  /** Ended by steps of reward in a row. */
  readonly successful: boolean;
}

/** Steps of reward in a row that end a demonstration. */
export const SUCCESS_STEPS = 12;

/** One episode, until it has succeeded or the time is up. A function of the key and the style. */
export function demonstrate<S>(
  env: Environment<S>,
  task: DemonstratedName,
  style: Style,
  key: Key,
): Demonstration {
  const act = demonstrator(task, style, address(key, "act"));
  let { state, observation } = env.reset(address(key, "reset"));
  const observations: Doubles[] = [], actions: Doubles[] = [], rewards: number[] = [];
  for (let streak = 0; streak < SUCCESS_STEPS && rewards.length < env.spec.maxEpisodeSteps;) {
    const action = act(observation), next = env.step(state, action);
    observations.push(observation), actions.push(action), rewards.push(next.reward);
    streak = next.reward > 0 ? streak + 1 : 0;
    ({ state, observation } = next);
  }
  const first = rewards.findIndex((r) => r > 0);
  return {
    observations,
    actions,
    rewards,
    ...(first < 0 ? {} : { firstSuccess: first + 1 }),
    successful: rewards.slice(-SUCCESS_STEPS).every((r) => r > 0),
  };
}

/** A successful demonstration and how many attempts there have been. */
export interface Success {
  readonly demonstration: Demonstration;
  readonly attempts: number;
}

/** Successes in styles of their own, one after another without end. A function of the key. */
export function* successes<S>(
  env: Environment<S>,
  task: DemonstratedName,
  key: Key,
): Generator<Success, never> {
  for (let attempts = 1;; attempts++) {
    const episode = address(key, attempts - 1);
    const demonstration = demonstrate(env, task, drawStyle(address(episode, "style")), episode);
    if (demonstration.successful) yield { demonstration, attempts };
  }
}

/** Demonstrations one after another, each ended by a time-out as nothing else ends these tasks. */
export function replayOf(demonstrations: readonly Demonstration[]): RawReplay {
  const rewards = Float32Array.from(demonstrations.flatMap((d) => d.rewards));
  const timeouts = demonstrations.flatMap((d) =>
    d.rewards.map((_, i) => i + 1 === d.rewards.length)
  );
  return {
    observations: stacked(demonstrations.flatMap((d) => d.observations)),
    actions: stacked(demonstrations.flatMap((d) => d.actions)),
    rewards,
    terminals: new Uint8Array(rewards.length),
    timeouts: Uint8Array.from(timeouts, Number),
  };
}

function stacked(rows: readonly Doubles[]) {
  const width = rows[0].length, data = new Float32Array(rows.length * width);
  rows.forEach((row, i) => data.set(row, i * width));
  return tensor([rows.length, width], data);
}
