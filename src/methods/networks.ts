/**
 * The networks of methods, built from their configuration.
 *
 * @module
 */
import { type DiffusionPolicy, diffusionPolicy } from "../diffusion/policy.ts";
import { actorNetwork } from "../nn/actor.ts";
import { criticObs } from "../nn/critic_obs.ts";
import { type ActionCritic, criticObsAct } from "../nn/critic_obs_act.ts";
import type { ValueCritic } from "./critics.ts";
import type { CriticHyper, MethodHyper } from "./hyper.ts";

/** The diffusion policy. */
export const policyOf = ({ actor, diffusion }: MethodHyper): DiffusionPolicy =>
  diffusionPolicy(actorNetwork(actor), diffusion);

/** V(o), [B, 1]. */
export const valueCritic = (
  { actor }: MethodHyper,
  critic: CriticHyper,
): ValueCritic => criticObs({ condDim: actor.condDim, ...critic });

/** Q₁ and Q₂ of an observation and the executed part of a chunk. */
export const actionCritic = ({ actor, actSteps }: MethodHyper, critic: CriticHyper): ActionCritic =>
  criticObsAct({
    condDim: actor.condDim,
    actionDim: actor.actionDim,
    actionSteps: actSteps,
    ...critic,
  });
