/**
 * Steps of a method's networks by the optimizers of its arm.
 *
 * @module
 */
import { clipByGlobalNorm } from "../optim/clip_by_global_norm.ts";
import type { Optimizer, OptimizerState } from "../optim/optimizer.ts";
import { type Schedule, warmupCosine } from "../optim/schedule.ts";
import type { ValueAndGrad } from "../tensor/engine.ts";
import type { Params } from "../tensor/params.ts";
import type { LearningRate, MethodHyper } from "./hyper.ts";
import type { Metrics } from "./method.ts";

/** The optimizers that an arm puts in place of the method's own. */
export interface Arms {
  readonly actor: Optimizer;
  /** Of every critic. */
  readonly critic: Optimizer;
}

/** The learning rate after `k` schedule steps. */
export const scheduleOf = ({ lr, minLr, firstCycleSteps, warmupSteps }: LearningRate): Schedule =>
  warmupCosine({ maxLr: lr, minLr, firstCycleSteps, warmupSteps });

/** Steps at an iteration's learning rates. */
export interface Learner {
  /** False while the critic warms up: then the actor stays as it is. */
  readonly trainsActor: boolean;
  actor(state: OptimizerState, grads: Params): OptimizerState;
  critic(state: OptimizerState, grads: Params): OptimizerState;
}

/**
 * Schedules advance once per iteration, evaluations included.
 *
 * @param actorWaits the actor's schedule starts after the critic's warm-up, as in DPPO
 */
export function learnerAt(
  arms: Arms,
  hyper: MethodHyper,
  iteration: number,
  actorWaits = false,
): Learner {
  const { nCriticWarmupItr: warmup, maxGradNorm } = hyper, trainsActor = iteration >= warmup;
  const criticRate = scheduleOf(hyper.criticLr)(iteration);
  const actorRate = scheduleOf(hyper.actorLr)(Math.max(0, iteration - (actorWaits ? warmup : 0)));
  const clip = maxGradNorm === null ? (grads: Params) => grads : clipByGlobalNorm(maxGradNorm);
  return {
    trainsActor,
    actor: (state, grads) => trainsActor ? arms.actor.step(state, clip(grads), actorRate) : state,
    critic: (state, grads) => arms.critic.step(state, grads, criticRate),
  };
}

/** The actor after one gradient, which is not computed while the critic warms up, and its loss. */
export function trainActor(
  learner: Learner,
  actor: OptimizerState,
  gradient: () => Pick<ValueAndGrad, "value" | "grads">,
): { readonly actor: OptimizerState; readonly terms: Metrics } {
  if (!learner.trainsActor) return { actor, terms: {} };
  const { value, grads } = gradient();
  return { actor: learner.actor(actor, grads), terms: { actorLoss: value } };
}
