/**
 * How an episode ends: by the task, by gym's time limit, or by the chunking wrapper's.
 *
 * @see OpenAI Gym 0.22 `gym/wrappers/time_limit.py`; irom-lab/dppo `env/gym_utils/wrapper/multi_step.py`
 * @module
 */
import type { Transition } from "./environment.ts";

/** Flags after one control step; never both 0 when the episode has ended. */
export interface Ending {
  readonly terminated: boolean;
  readonly truncated: boolean;
}

/**
 * A transition as it leaves gym's `TimeLimit`: from step `limit` on it is done and says whether the task
 * itself was not.
 */
export function gymTimeLimit<S>(
  transition: Transition<S>,
  elapsed: number,
  limit: number,
): Transition<S> {
  if (elapsed < limit) return transition;
  return { ...transition, done: true, timeLimitTruncated: !transition.done };
}

/**
 * The flags of the chunking wrapper. Where an inner time limit reports, its word is `truncated` and the forced
 * done is `terminated` (reference quirk Q6); otherwise being done wins over the wrapper's own `limit`.
 */
export function endingOf(
  { done, timeLimitTruncated }: Transition<unknown>,
  elapsed: number,
  limit = Infinity,
): Ending {
  if (timeLimitTruncated !== undefined) return { terminated: done, truncated: timeLimitTruncated };
  return { terminated: done, truncated: !done && elapsed >= limit };
}
