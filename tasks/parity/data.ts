/**
 * Recorded data sets, samples and scalings.
 *
 * @module
 */
import { buildDataset, type Trajectories } from "../../src/data/dataset.ts";
import { nextStates, qlearningStarts, rewardsToGo } from "../../src/data/qlearning_windows.ts";
import {
  gatherWindows,
  type WindowConfig,
  type WindowStart,
  windowStarts,
} from "../../src/data/windows.ts";
import { scaleFromUnit, scaleToUnit } from "../../src/rl/normalize.ts";
import { type Doubles, tensor } from "../../src/tensor/tensor.ts";
import { type ParityCase, type ParityHandler, type StoredArray, Unsupported } from "./case.ts";

const float32 = ({ shape, data }: StoredArray) => tensor(shape, Float32Array.from(data));

/** Raw replay → `train.npz` and `normalization.npz`. */
function build({ config, arrays }: ParityCase) {
  const { max_episodes: maxEpisodes = -1, val_split: split = 0 } = config;
  if (split > 0) throw new Unsupported("a validation split is drawn from Python's generator");
  const { train, normalization } = buildDataset({
    observations: float32(arrays["in/observations"]),
    actions: float32(arrays["in/actions"]),
    rewards: Float32Array.from(arrays["in/rewards"].data),
    terminals: Uint8Array.from(arrays["in/terminals"].data),
    timeouts: Uint8Array.from(arrays["in/timeouts"].data),
  }, maxEpisodes > 0 ? maxEpisodes : Infinity);
  return {
    "out/train_states": train.states.data,
    "out/train_actions": train.actions.data,
    "out/train_rewards": train.rewards,
    "out/train_terminals": train.terminals,
    "out/train_traj_lengths": train.trajLengths,
    "out/norm_obs_min": normalization.observationMin,
    "out/norm_obs_max": normalization.observationMax,
    "out/norm_action_min": normalization.actionMin,
    "out/norm_action_max": normalization.actionMax,
  };
}

function trajectoriesOf({ arrays }: ParityCase): Trajectories {
  const rows = arrays["in/states"].shape[0];
  return {
    states: float32(arrays["in/states"]),
    actions: float32(arrays["in/actions"]),
    rewards: Float32Array.from(arrays["in/rewards"]?.data ?? new Float64Array(rows)),
    terminals: Uint8Array.from(arrays["in/terminals"]?.data ?? new Float64Array(rows)),
    trajLengths: Int32Array.from(arrays["in/traj_lengths"].data),
  };
}

const windowConfig = ({ config }: ParityCase): WindowConfig => ({
  horizonSteps: config.horizon_steps,
  condSteps: config.cond_steps ?? 1,
  maxEpisodes: config.max_n_episodes ?? 10_000,
});

function samples(data: Trajectories, starts: readonly WindowStart[], config: WindowConfig) {
  const { states, actions } = gatherWindows(data, starts, config);
  return {
    "out/start": starts.flatMap(({ row, age }) => [row, age]),
    "out/states": states.data,
    "out/actions": actions.data,
  };
}

function windows(parityCase: ParityCase) {
  const data = trajectoriesOf(parityCase), config = windowConfig(parityCase);
  return samples(data, windowStarts(data.trajLengths, config), config);
}

function qlearning(parityCase: ParityCase) {
  const data = trajectoriesOf(parityCase), config = windowConfig(parityCase);
  const starts = qlearningStarts(data, config),
    at = (values: ArrayLike<number>) => starts.map(({ row }) => values[row]);
  const { discount_factor: gamma = 1, get_mc_return: monteCarlo = false } = parityCase.config;
  return {
    ...samples(data, starts, config),
    "out/next_states": nextStates(data.states, starts, config).data,
    "out/rewards": at(data.rewards),
    "out/dones": at(data.terminals),
    ...(monteCarlo
      ? { "out/reward_to_go": at(rewardsToGo(data.rewards, data.trajLengths, gamma)) }
      : {}),
  };
}

function normalize({ arrays }: ParityCase) {
  const perRow = (rows: string, scale: (row: Doubles, min: Doubles, max: Doubles) => Doubles) => {
    const { shape, data } = arrays[`in/${rows}`], width = shape[1];
    const [min, max] = [arrays[`in/${rows}_min`].data, arrays[`in/${rows}_max`].data];
    const out = new Float64Array(data.length);
    for (let i = 0; i < out.length; i += width) {
      out.set(scale(data.subarray(i, i + width), min, max), i);
    }
    return out;
  };
  return {
    "out/obs": perRow("obs", scaleToUnit),
    "out/action": perRow("action", scaleFromUnit),
  };
}

/** A data set case is told apart by what it was given. */
function dataset(parityCase: ParityCase) {
  if ("in/observations" in parityCase.arrays) return build(parityCase);
  return "in/rewards" in parityCase.arrays ? qlearning(parityCase) : windows(parityCase);
}

/** Handlers by kind. */
export const handlers: Record<string, ParityHandler> = { dataset, normalize };
