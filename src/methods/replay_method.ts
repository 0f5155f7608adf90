/**
 * What the methods that learn from a replay share: storing rollouts and the loop over minibatches.
 *
 * @module
 */
import { addSegment, emptyReplay, type Replay, replaySize, type Segment } from "../rl/replay.ts";
import type { Rollout } from "../rl/rollout_types.ts";
import { integers } from "../rng/draw.ts";
import { foldIn, type Key } from "../rng/key.ts";
import { type Arms, type Learner, learnerAt } from "./learner.ts";
import { lastOf, type Method, type Step } from "./method.ts";
import type { ReplayHyper } from "./replay_hyper.ts";

/** A state with a replay. */
export interface WithReplay {
  readonly replay: Replay;
}

/**
 * The empty buffer of a configuration.
 *
 * @throws {RangeError} when chunks are not executed whole, so that they could not be imitated
 */
export function bufferOf({ bufferSize, bufferUnit, nEnvs, actSteps, actor }: ReplayHyper): Replay {
  if (actSteps !== actor.horizonSteps) {
    throw new RangeError(
      `Cannot create replay: actSteps must be horizonSteps, ${actor.horizonSteps}, found ${actSteps}`,
    );
  }
  return emptyReplay(bufferUnit === "transitions" ? bufferSize : bufferSize * nEnvs);
}

/** The state with a rollout's transitions stored. */
export const stored = <S extends WithReplay>(
  hyper: ReplayHyper,
  state: S,
  rollout: Rollout,
): S => ({
  ...state,
  replay: addSegment(state.replay, segmentOf(hyper, rollout)),
});

function segmentOf({ scaleRewardFactor, fidelity }: ReplayHyper, rollout: Rollout): Segment {
  const { observation, nextObservation, action, reward, terminated, truncated } = rollout;
  const corrected = fidelity.timeLimit === "corrected";
  return {
    observation,
    nextObservation,
    action,
    reward: Float64Array.from(reward, (r) => r * scaleRewardFactor),
    terminated: corrected ? terminated.map((t, i) => t & ~truncated[i]) : terminated,
    truncated,
  };
}

/** Minibatches of an iteration: ⌊N · E / B · replayRatio⌋, however full the buffer is. */
export const minibatchCount = (
  { batchSize, replayRatio }: ReplayHyper,
  { chunks, envs }: Rollout,
): number => Math.floor(chunks * envs / batchSize * replayRatio);

/** Random numbers of `count` minibatches, one after another, each from a key of its own. */
export function* drawEach<D>(key: Key, count: number, draw: (key: Key) => D): Generator<D> {
  for (let i = 0; i < count; i++) yield draw(foldIn(key, i));
}

/** Indices of a minibatch of a replay, with replacement. */
export const drawIndices = ({ batchSize }: ReplayHyper, replay: Replay, key: Key): Int32Array =>
  integers(key, batchSize, replaySize(replay));

/** A step per element of `draws`, each from the state that the one before left. */
export function* stepEach<S, D>(
  state: S,
  draws: Iterable<D>,
  step: (state: S, draw: D) => Step<S>,
): Generator<Step<S>> {
  for (const draw of draws) {
    const next = step(state, draw);
    state = next.state;
    yield next;
  }
}

/** What a method does with the random numbers `D` of a minibatch. */
export interface MinibatchRule<S, D> {
  /** Prepares the state once the rollout is stored. */
  begin?(state: S): S;
  draw(replay: Replay, key: Key): D;
  step(learner: Learner, state: S, draw: D): Step<S>;
}

const identity = <T>(x: T): T => x;

/** An iteration's update: store the rollout, then take a step per minibatch. */
export function replayUpdate<S extends WithReplay, D>(
  arms: Arms,
  hyper: ReplayHyper,
  rule: MinibatchRule<S, D>,
): Method<S>["update"] {
  return (state, rollout, key) => {
    const full = (rule.begin ?? identity)(stored(hyper, state, rollout));
    const learner = learnerAt(arms, hyper, rollout.iteration);
    const count = minibatchCount(hyper, rollout);
    const draws = drawEach(key, count, (key) => rule.draw(full.replay, key));
    return lastOf(full, stepEach(full, draws, (state, draw) => rule.step(learner, state, draw)));
  };
}
