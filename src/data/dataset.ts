/**
 * Offline data: raw replay as it was recorded, and the normalised trajectories that training reads.
 *
 * @see irom-lab/dppo `script/dataset/get_d4rl_dataset.py`; D4RL `d4rl/offline_env.py`
 * @module
 */
import { type Normalization, scaleToUnit } from "../rl/normalize.ts";
import { takeRows } from "../rl/rows.ts";
import { type Floats, type Tensor, tensor } from "../tensor/tensor.ts";
import type { Span } from "./import/matrix.ts";

/** Transitions in time order, one episode after another, in the environment's units. */
export interface RawReplay {
  /** [N, Do]: before each action. */
  readonly observations: Tensor;
  /** [N, Da] */
  readonly actions: Tensor;
  /** [N]: of each action. */
  readonly rewards: Floats;
  /** [N]: 1 where the task ended the episode. */
  readonly terminals: Uint8Array;
  /** [N]: 1 where the time limit did. */
  readonly timeouts: Uint8Array;
}

/** The arrays of `train.npz`: whole trajectories, one after another, states and actions normalised. */
export interface Trajectories {
  /** [ΣL, Do] */
  readonly states: Tensor;
  /** [ΣL, Da] */
  readonly actions: Tensor;
  /** [ΣL]: in the environment's units. */
  readonly rewards: Floats;
  /** [ΣL]: 1 where the task ended the episode. */
  readonly terminals: Uint8Array;
  /** Rows of each trajectory. */
  readonly trajLengths: Int32Array;
}

/** A training set and the ranges it was normalised with. */
export interface Dataset {
  /** What pre-training reads. */
  readonly train: Trajectories;
  /** What takes its numbers back to the environment's units. */
  readonly normalization: Normalization;
}

/**
 * Normalises replay into trajectories. Ranges are taken over all rows; then the unfinished rows at the end and
 * every trajectory whose rewards do not sum to more than 0 are dropped.
 *
 * @param maxEpisodes keep at most the first so many trajectories, before dropping
 * @param withZero whether every range contains 0, as the reference's robomimic conversion has it (quirk Q33)
 * @throws {RangeError} when the arrays differ in rows or no trajectory is left
 */
export function buildDataset(raw: RawReplay, maxEpisodes = Infinity, withZero = false): Dataset {
  requireEqualRows(raw);
  const normalization = rangesOf(raw, withZero);
  const { observationMin, observationMax, actionMin, actionMax } = normalization;
  const kept = episodes(raw).slice(0, maxEpisodes).filter((span) => sumOf(raw.rewards, span) > 0);
  if (kept.length === 0) {
    throw new RangeError(
      "Cannot build dataset: found no finished trajectory with a return above 0",
    );
  }
  const rows = Int32Array.from(
    kept.flatMap(({ start, length }) => Array.from({ length }, (_, i) => start + i)),
  );
  return {
    normalization,
    train: {
      states: scaledRows(takeRows(raw.observations, rows), observationMin, observationMax),
      actions: scaledRows(takeRows(raw.actions, rows), actionMin, actionMax),
      rewards: Float32Array.from(rows, (row) => raw.rewards[row]),
      terminals: Uint8Array.from(rows, (row) => raw.terminals[row]),
      trajLengths: Int32Array.from(kept, ({ length }) => length),
    },
  };
}

function requireEqualRows(
  { observations, actions, rewards, terminals, timeouts }: RawReplay,
): void {
  const rows = observations.shape[0];
  const others = {
    actions: actions.shape[0],
    rewards: rewards.length,
    terminals: terminals.length,
    timeouts: timeouts.length,
  };
  for (const [name, found] of Object.entries(others)) {
    if (found !== rows) {
      throw new RangeError(
        `Cannot build dataset: ${name} must have the ${rows} rows of observations, found ${found}`,
      );
    }
  }
}

/** The finished episodes of a replay. */
export function episodes({ terminals, timeouts }: RawReplay): Span[] {
  const spans: Span[] = [];
  let start = 0;
  terminals.forEach((terminal, row) => {
    if (terminal === 0 && timeouts[row] === 0) return;
    spans.push({ start, length: row + 1 - start });
    start = row + 1;
  });
  return spans;
}

/** Σ r over a span: the return of an episode. */
export function sumOf(rewards: Floats, { start, length }: Span): number {
  let sum = 0;
  for (let row = start; row < start + length; row++) sum += rewards[row];
  return sum;
}

function rangesOf({ observations, actions }: RawReplay, withZero: boolean): Normalization {
  return {
    observationMin: columnwise(observations, Math.min, withZero),
    observationMax: columnwise(observations, Math.max, withZero),
    actionMin: columnwise(actions, Math.min, withZero),
    actionMax: columnwise(actions, Math.max, withZero),
  };
}

function columnwise(
  { shape: [rows, width], data }: Tensor,
  pick: (a: number, b: number) => number,
  withZero: boolean,
): Float64Array {
  const out = withZero ? new Float64Array(width) : Float64Array.from(data.subarray(0, width));
  for (let i = 0; i < rows * width; i++) out[i % width] = pick(out[i % width], data[i]);
  return out;
}

function scaledRows(
  { shape, data }: Tensor,
  min: Normalization["actionMin"],
  max: Normalization["actionMax"],
): Tensor {
  const out = new Float32Array(data.length), width = shape[1];
  for (let at = 0; at < out.length; at += width) {
    out.set(scaleToUnit(Float64Array.from(data.subarray(at, at + width)), min, max), at);
  }
  return tensor(shape, out);
}
