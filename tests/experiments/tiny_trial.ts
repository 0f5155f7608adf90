/** A run that takes milliseconds: a linear policy on a point that wants to be at 1, with a growing replay. */
import type { Trial } from "../../src/experiments/run_cell.ts";
import { evaluationStreams, streamsOf } from "../../src/experiments/streams.ts";
import type { Method } from "../../src/methods/method.ts";
import { optimizerOf } from "../../src/optim/mod.ts";
import type { Optimizer, OptimizerState } from "../../src/optim/optimizer.ts";
import type { Environment } from "../../src/rl/environment.ts";
import { multiStep } from "../../src/rl/multi_step.ts";
import { addSegment, emptyReplay, type Replay } from "../../src/rl/replay.ts";
import { vectorEnvironment } from "../../src/rl/vector_environment.ts";
import { normal, uniform } from "../../src/rng/draw.ts";
import { split } from "../../src/rng/key.ts";
import { paramsOf } from "../../src/tensor/params.ts";
import { type Doubles, tensor } from "../../src/tensor/tensor.ts";

export const point: Environment<Doubles> = {
  spec: {
    name: "point",
    observationSize: 1,
    actionSize: 1,
    maxEpisodeSteps: 7,
    timeLimit: "wrapper",
    controlTimestep: 1,
    metric: "return",
  },
  reset(key) {
    const state = Float64Array.from(uniform(key, [1]).data);
    return { state, observation: state };
  },
  step([x], [a]) {
    const state = Float64Array.of(x + 0.1 * a);
    return { state, observation: state, reward: -Math.abs(x - 1), done: x > 1.5 };
  },
};

export interface TinyState {
  readonly policy: OptimizerState;
  readonly replay: Replay;
}

/** Climbs the correlation of noise and reward; `poison` is the iteration from which gradients are NaN. */
export function tinyMethod(
  optimizer: string,
  poison = Infinity,
  wrap = (arm: Optimizer) => arm,
): Method<TinyState> {
  const arm = wrap(optimizerOf(optimizer, { learningRate: 0.05 }));
  return {
    name: "tiny",
    recordsChain: false,
    seesFinalObservation: false,
    init: (pretrained, key) => ({
      policy: arm.init({
        ...pretrained,
        data: normal(split(key)[0], [2]).data.map((x, i) => 0.1 * x + pretrained.data[i]),
      }),
      replay: emptyReplay(30),
    }),
    act({ policy: { theta } }, observation, key, mode) {
      const noise = normal(key, observation.shape).data, scale = mode === "explore" ? 0.5 : 0.1;
      const action = observation.data.map((x, i) =>
        theta.data[0] * x + theta.data[1] + scale * noise[i]
      );
      return { action: tensor(observation.shape, action) };
    },
    update({ policy, replay }, rollout, key) {
      const { observation, action, reward } = rollout;
      const jitter = normal(key, [2]).data;
      const slope = observation.data.reduce((sum, x, i) => sum - x * action.data[i] * reward[i], 0);
      const data = Float32Array.of(slope + jitter[0], jitter[1]);
      if (rollout.iteration >= poison) data[1] = NaN;
      const segment = { ...rollout, action, reward };
      return [
        {
          policy: arm.step(policy, { layout: policy.theta.layout, data }),
          replay: addSegment(replay, segment),
        },
        { slope },
      ];
    },
  };
}

export function tinyTrial(
  { optimizer = "adamw", seed = 0, iterations = 12, method = "tiny", poison = Infinity } = {},
): Trial<TinyState, Doubles> {
  const pretrained = paramsOf({ weight: tensor([2], [0.1, 0.2]) });
  const single = multiStep(point, 1);
  return {
    method: tinyMethod(optimizer, poison),
    pretrained,
    env: vectorEnvironment(single, 3),
    loop: {
      iterations,
      nSteps: 5,
      valFreq: 4,
      curveEpisodes: 2,
      resetAtIteration: false,
      resetAfterEvaluation: false,
      bestRewardThresholdForSuccess: 1,
    },
    evaluation: { env: single, episodes: 4, actSteps: 1, streams: evaluationStreams("point") },
    streams: streamsOf({ env: "point", method, seed }),
  };
}
