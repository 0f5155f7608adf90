/**
 * A full replay of the paper's size.
 *
 * @module
 */
import { environments } from "../../src/envs/mod.ts";
import { configure } from "../../src/experiments/hyperparameters.ts";
import { loopOf } from "../../src/experiments/shared_hyperparameters.ts";
import type { ReplayHyper } from "../../src/methods/replay_hyper.ts";
import { bufferOf, drawIndices } from "../../src/methods/replay_method.ts";
import { addSegment, gather, type Replay, replaySize, type Segment } from "../../src/rl/replay.ts";
import { key } from "../../src/rng/key.ts";
import { type Tensor, tensor, volume } from "../../src/tensor/tensor.ts";
import { type Figure, milliseconds, slower } from "./measure.ts";

/** Ones in every place, so that all of the memory is in use. */
const ones = (...shape: number[]): Tensor => tensor(shape, new Float32Array(volume(shape)).fill(1));

/** Transitions of one rollout. */
const segment = ({ actor, actSteps }: ReplayHyper, rows: number): Segment => ({
  observation: ones(rows, actor.condDim),
  nextObservation: ones(rows, actor.condDim),
  action: ones(rows, actSteps * actor.actionDim),
  reward: new Float64Array(rows).fill(1),
  terminated: new Uint8Array(rows).fill(1),
  truncated: new Uint8Array(rows).fill(1),
});

/** Bytes of all that a replay holds. */
const bytesOf = ({ segments }: Replay): number =>
  segments.flatMap(({ observation, nextObservation, action, ...scalars }) => [
    ...[observation, nextObservation, action].map(({ data }) => data),
    ...Object.values(scalars),
  ]).reduce((bytes, { byteLength }) => bytes + byteLength, 0);

/** IDQL's replay on Hopper, filled; then a minibatch of it and one more rollout. */
export function* replayFigures(): Generator<Figure> {
  const { spec } = environments.hopper;
  const hyper = configure("idql", spec, "paper", "reference").hyper as ReplayHyper;
  const rows = hyper.nEnvs * loopOf(spec, "paper", "reference").nSteps;
  let replay = bufferOf(hyper);
  while (replaySize(replay) < replay.capacity) {
    replay = addSegment(replay, segment(hyper, rows));
  }
  const group = `replay of ${replay.capacity} transitions, hopper`;
  const draw = () => gather(replay, drawIndices(hyper, replay, key(2)));
  const one = segment(hyper, rows);
  yield slower(group, `minibatch of ${hyper.batchSize}`, milliseconds(draw));
  yield slower(group, `adding ${rows} transitions`, milliseconds(() => addSegment(replay, one)));
  yield { group, name: "memory", value: bytesOf(replay) / 2 ** 20, unit: "MiB" };
}
