/**
 * The chunking wrapper over scripted episodes.
 *
 * @module
 */
import type { Environment, EnvSpec } from "../../src/rl/environment.ts";
import { type ChunkState, type ChunkStep, multiStep } from "../../src/rl/multi_step.ts";
import { key } from "../../src/rng/key.ts";
import type { Doubles } from "../../src/tensor/tensor.ts";
import { type ParityCase, type ParityHandler, Unsupported } from "./case.ts";

/** Position in the script: its episode and the step within. */
interface Place {
  readonly episode: number;
  readonly step: number;
}

/** What the wrapper did to the script, in order. */
interface Log {
  episodes: number;
  readonly rewards: number[];
  readonly observations: Doubles[];
}

const NO_KEY = key(0);

/** Episode k of the script is played after the k-th reset. */
function scripted({ config, arrays }: ParityCase, log: Log): Environment<Place> {
  const lengths = arrays["in/ep_lengths"].data, width = arrays["in/ep_obs"].shape[1];
  const starts = Array.from(lengths, (_, k) => lengths.slice(0, k).reduce((a, b) => a + b, 0));
  const observe = ({ episode, step }: Place): Doubles => {
    const row = starts[episode] + episode + step;
    return arrays["in/ep_obs"].data.slice(row * width, (row + 1) * width);
  };
  const spec: EnvSpec = {
    name: "script",
    observationSize: width,
    actionSize: arrays["in/actions"].shape[2],
    maxEpisodeSteps: config.max_episode_steps ?? Infinity,
    timeLimit: "wrapper",
    controlTimestep: 1,
    metric: "return",
  };
  return {
    spec,
    reset() {
      const state = { episode: log.episodes++, step: 0 };
      return { state, observation: observe(state) };
    },
    step({ episode, step }) {
      const row = starts[episode] + step, state = { episode, step: step + 1 };
      const observation = observe(state), reward = arrays["in/ep_rewards"].data[row];
      const limit = arrays["in/ep_time_limit"].data[row];
      log.rewards.push(reward);
      log.observations.push(observation);
      return {
        state,
        observation,
        reward,
        done: arrays["in/ep_done"].data[row] === 1,
        ...(limit < 0 ? {} : { timeLimitTruncated: limit === 1 }),
      };
    },
  };
}

const AGGREGATES: Readonly<Record<string, (rewards: readonly number[]) => number>> = {
  max: (rewards) => Math.max(...rewards),
  min: (rewards) => Math.min(...rewards),
  mean: (rewards) => rewards.reduce((a, b) => a + b, 0) / rewards.length,
};

function play(parityCase: ParityCase) {
  const { config, arrays } = parityCase, { n_obs_steps: history = 1 } = config;
  const log: Log = { episodes: 0, rewards: [], observations: [] };
  const env = multiStep(scripted(parityCase, log), history);
  const restarts = config.reset_within_step ?? false;
  const method: string = config.reward_agg_method ?? "sum";
  if (method !== "sum" && !(method in AGGREGATES)) {
    throw new Unsupported(`reward_agg_method ${method}`);
  }
  const { data: actions, shape: [calls, size, width] } = arrays["in/actions"];
  const out = columns(), first = env.reset(NO_KEY);
  let state: ChunkState<Place> = first;
  for (let call = 0; call < calls; call++) {
    log.rewards.length = log.observations.length = 0;
    const before = state.history.subarray(-env.spec.observationSize);
    const chunk = actions.subarray(call * size * width, (call + 1) * size * width);
    const step = env.step(state, chunk), ended = step.terminated || step.truncated;
    state = ended ? env.reset(NO_KEY) : step.state;
    const final = restarts && step.truncated;
    out.put("obs", restarts ? state.history : step.state.history);
    out.put("reward", [method === "sum" ? step.reward : AGGREGATES[method](log.rewards)]);
    out.put("terminated", [Number(step.terminated)]);
    out.put("truncated", [Number(step.truncated)]);
    out.put("n_inner", [step.steps]);
    out.put("final_obs_present", [Number(final)]);
    out.put("final_obs", final ? step.state.history : step.state.history.map(() => 0));
    out.put("driver_reset", [Number(ended && !restarts)]);
    if (config.pass_full_observations) putFull(out, before, log.observations, step, size);
  }
  return {
    "out/first_obs": first.history,
    "out/episodes_started": [log.episodes],
    ...out.all(),
  };
}

/**
 * The reference's `full_obs`: what the chunk saw, after a chunk that was cut short with the observation before it
 * too, padded with zero rows.
 */
function putFull(
  out: ReturnType<typeof columns>,
  before: Doubles,
  seen: readonly Doubles[],
  { steps }: ChunkStep<Place>,
  size: number,
): void {
  const rows = steps < size ? [before, ...seen] : seen;
  const padded = new Float64Array(size * before.length);
  rows.forEach((row, i) => padded.set(row, i * before.length));
  out.put("full_obs_len", [rows.length]);
  out.put("full_obs", padded);
}

/** Numbers collected by name, in order. */
function columns() {
  const found: Record<string, number[]> = {};
  return {
    put(name: string, values: Iterable<number>): void {
      (found[`out/${name}`] ??= []).push(...values);
    },
    all: (): Readonly<Record<string, number[]>> => found,
  };
}

/** Handlers by kind. */
export const handlers: Record<string, ParityHandler> = { multistep: play };
