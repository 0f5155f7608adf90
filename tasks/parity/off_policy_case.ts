/**
 * What the cases of methods that learn from a replay hold: networks, transitions and draws.
 *
 * @module
 */
import type { ActorCriticSetup } from "../../src/methods/actor_critic.ts";
import type { IdqlSetup } from "../../src/methods/idql.ts";
import type { ReplayHyper } from "../../src/methods/replay_hyper.ts";
import { type Tensor, volume } from "../../src/tensor/tensor.ts";
import { actionCriticOf, policyOf, type Sizes, valueCriticOf } from "./build_network.ts";
import type { ParityCase } from "./case.ts";
import { flatTensor, tensorOf } from "./case_arrays.ts";

/** A configuration of which the functions under test read only these fields. */
export const partialHyper = <H>(fields: Partial<H>): H => fields as H;

/** The sizes that a case's observations and chunks tell. */
export function sizesOf({ config, arrays }: ParityCase): Sizes {
  const chunk = arrays["in/actions"] ?? arrays["in/buf_actions"] ?? arrays["noise/x_init"];
  const state = arrays["in/state"] ?? arrays["in/buf_obs"];
  const [steps, action_dim] = chunk?.shape.slice(-2) ?? [];
  return {
    action_dim,
    horizon_steps: config.actor?.horizon_steps ?? steps,
    action_steps: config.act_steps ?? config.agent?.act_steps ?? steps,
    cond_dim: volume(state.shape.slice(-2)),
  };
}

/** Policy and double critic of a case. */
export function actorCritic<H extends ReplayHyper>(
  parityCase: ParityCase,
  fields: Partial<H>,
): ActorCriticSetup<H> {
  const { config } = parityCase, sizes = sizesOf(parityCase);
  return {
    hyper: partialHyper<H>({ actSteps: sizes.action_steps, ...fields } as Partial<H>),
    policy: policyOf(config, sizes),
    critic: actionCriticOf(config.critic_q, sizes),
  };
}

/** The networks of IDQL. */
export function idqlSetup(
  parityCase: ParityCase,
  fields: Partial<IdqlSetup["hyper"]> = {},
): IdqlSetup {
  const { config } = parityCase, sizes = sizesOf(parityCase);
  const expectile = config.expectile ?? config.model.expectile ?? 0.8;
  return {
    hyper: partialHyper({ actSteps: sizes.action_steps!, expectile, ...fields }),
    policy: policyOf(config, sizes),
    criticQ: actionCriticOf(config.critic_q, sizes),
    criticV: valueCriticOf(config.critic_v, sizes),
  };
}

/** Observations of a case, one row each. */
export const observationOf = ({ arrays }: ParityCase): Tensor => flatTensor(arrays["in/state"]);

/** Observations and chunks of a case. */
export const pairs = (parityCase: ParityCase) => ({
  observation: observationOf(parityCase),
  action: flatTensor(parityCase.arrays["in/actions"]),
});

/** Transitions of a case. */
export const transitions = (parityCase: ParityCase) => ({
  ...pairs(parityCase),
  nextObservation: flatTensor(parityCase.arrays["in/next_state"]),
  reward: tensorOf(parityCase.arrays["in/rewards"]),
  terminated: tensorOf(parityCase.arrays["in/terminated"]),
});

/** The draws of a denoising chain. */
export const chainNoise = ({ arrays }: ParityCase) => ({
  initial: flatTensor(arrays["noise/x_init"]),
  steps: flatTensor(arrays["noise/x_steps"], 2),
});

/** The draws of the denoising loss. */
export const lossNoise = ({ arrays }: ParityCase) => ({
  t: Int32Array.from(arrays["noise/t"].data),
  noise: flatTensor(arrays["noise/noise"]),
});

/**
 * The case as DQL's actor sees it: where `final_action_clip_value` is set, the reference's differentiable sampler
 * bounds finished chunks by 1.
 */
export function withUnitClip(parityCase: ParityCase): ParityCase {
  const { config } = parityCase, { model } = config;
  if (!model.final_action_clip_value) return parityCase;
  return { ...parityCase, config: { ...config, model: { ...model, final_action_clip_value: 1 } } };
}
