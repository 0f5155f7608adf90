/**
 * Replay as a persistent list of immutable segments, one per rollout. Adding shares what is kept; nothing is
 * copied until a minibatch is gathered.
 *
 * @module
 */
import { type Doubles, type Tensor, tensor, volume } from "../tensor/tensor.ts";
import { sliceRows } from "./rows.ts";

/** Transitions of one rollout, oldest first: row n · E + e. */
export interface Segment {
  /** [R, To · Do] */
  readonly observation: Tensor;
  /** [R, To · Do] */
  readonly nextObservation: Tensor;
  /** [R, A · Da] */
  readonly action: Tensor;
  /** [R], scaled by the method's constant factor. */
  readonly reward: Doubles;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
}

/** The newest `capacity` transitions; row 0 is the oldest. */
export interface Replay {
  readonly capacity: number;
  readonly segments: readonly Segment[];
  /** Rows of the first segment that have dropped out. */
  readonly dropped: number;
}

/** Transitions as arrays, in the order asked for. */
export interface Batch {
  readonly observation: Tensor;
  readonly nextObservation: Tensor;
  readonly action: Tensor;
  /** [B] */
  readonly reward: Tensor;
  /** [B] */
  readonly terminated: Tensor;
}

/** A replay without transitions. */
export const emptyReplay = (capacity: number): Replay => ({ capacity, segments: [], dropped: 0 });

const rowsOf = (segment: Segment): number => segment.reward.length;

/** The number of transitions held. */
export const replaySize = ({ segments, dropped }: Replay): number =>
  segments.reduce((n, s) => n + rowsOf(s), -dropped);

/** The replay with one more segment and without the transitions that no longer fit. */
export function addSegment(replay: Replay, segment: Segment): Replay {
  const segments = [...replay.segments, segment];
  let dropped = replay.dropped + Math.max(0, replaySize({ ...replay, segments }) - replay.capacity);
  while (dropped >= rowsOf(segments[0]) && segments.length > 1) {
    dropped -= rowsOf(segments.shift()!);
  }
  return { capacity: replay.capacity, segments, dropped };
}

/** Finds the segment and the row within it of each of `indices`, numbers below {@link replaySize}. */
export function locate(
  { segments, dropped }: Replay,
  indices: ArrayLike<number>,
): { readonly segment: Int32Array; readonly row: Int32Array } {
  const starts = [0];
  for (const s of segments) starts.push(starts[starts.length - 1] + rowsOf(s));
  const segment = new Int32Array(indices.length), row = new Int32Array(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const at = indices[i] + dropped;
    // Segments are nearly always of equal size, so this first guess is nearly always right.
    let k = Math.min(segments.length - 1, Math.floor(at / rowsOf(segments[0])));
    while (at < starts[k]) k--;
    while (at >= starts[k + 1]) k++;
    segment[i] = k;
    row[i] = at - starts[k];
  }
  return { segment, row };
}

/** Copies the transitions at `indices`, which may repeat. */
export function gather(replay: Replay, indices: ArrayLike<number>): Batch {
  const { segments } = replay, { segment, row } = locate(replay, indices);
  const vectors = (field: "observation" | "nextObservation" | "action"): Tensor => {
    const width = volume(segments[0][field].shape.slice(1));
    const data = new Float32Array(indices.length * width);
    for (let i = 0; i < indices.length; i++) {
      const source = segments[segment[i]][field].data as Float32Array;
      const from = row[i] * width;
      for (let j = 0; j < width; j++) data[i * width + j] = source[from + j];
    }
    return tensor([indices.length, width], data);
  };
  const scalars = (field: "reward" | "terminated"): Tensor =>
    tensor(
      [indices.length],
      Float32Array.from(indices, (_, i) => segments[segment[i]][field][row[i]]),
    );
  return {
    observation: vectors("observation"),
    nextObservation: vectors("nextObservation"),
    action: vectors("action"),
    reward: scalars("reward"),
    terminated: scalars("terminated"),
  };
}

/** The segments without the rows that have dropped out, oldest first. */
export function heldSegments({ segments, dropped }: Replay): readonly Segment[] {
  if (dropped === 0) return segments;
  const [{ reward, terminated, truncated, ...rest }, ...others] = segments;
  const rows = reward.length, held = (x: Tensor) => sliceRows(x, dropped, rows);
  const first = {
    observation: held(rest.observation),
    nextObservation: held(rest.nextObservation),
    action: held(rest.action),
    reward: reward.subarray(dropped),
    terminated: terminated.subarray(dropped),
    truncated: truncated.subarray(dropped),
  };
  return [first, ...others];
}

/** The same replay with actions of its own, so that {@link overwriteActions} changes no other. */
export const withOwnActions = (replay: Replay): Replay => ({
  ...replay,
  segments: replay.segments.map((s) => ({
    ...s,
    action: tensor(s.action.shape, s.action.data.slice()),
  })),
});

/** Replaces the stored actions at `indices` in place; of repeated indices the last one counts. */
export function overwriteActions(replay: Replay, indices: ArrayLike<number>, action: Tensor): void {
  const { segment, row } = locate(replay, indices), width = action.shape[1];
  for (let i = 0; i < indices.length; i++) {
    const target = replay.segments[segment[i]].action.data as Float32Array;
    target.set(action.data.subarray(i * width, (i + 1) * width) as Float32Array, row[i] * width);
  }
}
