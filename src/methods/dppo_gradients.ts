/**
 * Gradients of DPPO's losses for one minibatch.
 *
 * @module
 */
import { type RatioStatistics, ratioStatistics } from "../rl/clipped_surrogate.ts";
import { valueAndGradRows } from "../rl/rows.ts";
import { valueLoss } from "../rl/value_loss.ts";
import { tf } from "../tensor/backend.ts";
import { valueAndGrad } from "../tensor/engine.ts";
import type { Params } from "../tensor/params.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { DppoData } from "./dppo_data.ts";
import { dppoActorLoss, transitionAdvantages, transitionClips } from "./dppo_loss.ts";
import type { DppoSetup } from "./dppo_state.ts";

/** B chunks of a rollout. */
export interface DppoMinibatch extends DppoData {
  /** [B, F + 1, H · Da]: chains of the frozen policy to imitate. */
  readonly bcChain?: Tensor;
}

/** What is known of a minibatch's losses. `eta` is the mean η, 1 for DDPM. */
export type DppoTerms =
  & RatioStatistics
  & { readonly [term in "policyLoss" | "valueLoss" | "eta" | "bcLoss"]: number };

/** Gradients of actor and critic, which share no parameter. */
export interface DppoGradients {
  readonly actor: Params;
  readonly critic: Params;
  readonly terms: DppoTerms;
}

/** Gradients of the policy's loss and of vfCoef times the value's. */
export function dppoGradients(
  setup: DppoSetup,
  params: { readonly actorFt: Params; readonly critic: Params },
  batch: DppoMinibatch,
): DppoGradients {
  const actor = actorGradient(setup, params.actorFt, batch);
  const critic = criticGradient(setup, params.critic, batch);
  const terms = { ...actor.terms, valueLoss: critic.valueLoss };
  return { actor: actor.grads, critic: critic.grads, terms };
}

/** Transitions of a pass with a gradient; bounds memory. */
const TRANSITION_ROWS = 10_000;

function actorGradient(
  { policy, hyper }: DppoSetup,
  params: Params,
  { observation, chain, oldLogProb, advantages, bcChain }: DppoMinibatch,
): { readonly grads: Params; readonly terms: Omit<DppoTerms, "valueLoss"> } {
  const [chunks, steps] = oldLogProb.shape;
  const advantage = transitionAdvantages(advantages.data, steps, hyper);
  const clip = transitionClips(chunks, steps, hyper);
  const inputs = { observation, chain, oldLogProb, advantage, clip, ...(bcChain && { bcChain }) };
  const { grads, aux } = valueAndGradRows(
    params,
    inputs,
    Math.ceil(TRANSITION_ROWS / steps),
    (actor, rows) => dppoActorLoss(policy, hyper, { actor }, rows),
  );
  const terms = {
    policyLoss: aux.surrogate.data[0],
    eta: aux.eta.data[0],
    bcLoss: aux.imitation.data[0],
    ...ratioStatistics(aux.logProb.data, oldLogProb.data, clip.data),
  };
  return { grads, terms };
}

/** The gradient of vfCoef times the value loss, and that loss. */
export function criticGradient(
  { critic, hyper }: DppoSetup,
  params: Params,
  { observation, values, returns }: Pick<DppoData, "observation" | "values" | "returns">,
): { readonly grads: Params; readonly valueLoss: number } {
  const { grads, aux } = valueAndGrad(params, {}, { observation, values, returns }, (w, _, x) => {
    const value = tf.squeeze(critic.apply(w, x.observation), [1]);
    const loss = valueLoss(value, x.returns, x.values, hyper.clipVlossCoef);
    return { loss: tf.mul(loss, hyper.vfCoef), aux: { loss } };
  });
  return { grads, valueLoss: aux.loss.data[0] };
}
