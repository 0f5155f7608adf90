/**
 * Steps of a method's networks by the optimizers of its arm.
 *
 * @module
 */
import { clipByGlobalNorm } from "../optim/clip_by_global_norm.ts";
import type { GradientTransform, Optimizer } from "../optim/optimizer.ts";
import { type Schedule, warmupCosine } from "../optim/schedule.ts";
import type { LearningRate, MethodHyper } from "./hyper.ts";

/** The optimizers that an arm puts in place of the method's own. */
export interface Arms {
  readonly actor: Optimizer;
  /** Of every critic. */
  readonly critic: Optimizer;
}

/** The learning rate after `k` schedule steps. */
export const scheduleOf = ({ lr, minLr, firstCycleSteps, warmupSteps }: LearningRate): Schedule =>
  warmupCosine({ maxLr: lr, minLr, firstCycleSteps, warmupSteps });

/** The change of the actor's gradient before a step. */
export const actorClip = ({ maxGradNorm }: MethodHyper): GradientTransform =>
  maxGradNorm === null ? (grads) => grads : clipByGlobalNorm(maxGradNorm);
