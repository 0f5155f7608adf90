// deno-lint-ignore-file no-explicit-any
/**
 * Parity of DPPO's loss of a minibatch.
 *
 * @module
 */
import { chainLogProb } from "../../src/diffusion/log_prob.ts";
import { sample } from "../../src/diffusion/sample.ts";
import { criticGradient } from "../../src/methods/dppo_gradients.ts";
import type { DppoHyper } from "../../src/methods/dppo_hyper.ts";
import {
  dppoActorLoss,
  reductionOf,
  transitionAdvantages,
  transitionClips,
} from "../../src/methods/dppo_loss.ts";
import type { DppoSetup } from "../../src/methods/dppo_state.ts";
import { clipByGlobalNorm, globalNorm } from "../../src/optim/clip_by_global_norm.ts";
import { ratioStatistics, reduceLogProb } from "../../src/rl/clipped_surrogate.ts";
import { evaluate, valueAndGrad } from "../../src/tensor/engine.ts";
import { leafOf, type Params, paramsOf, select } from "../../src/tensor/params.ts";
import { type Tensor, tensor } from "../../src/tensor/tensor.ts";
import { policyOf, valueCriticOf } from "./build_network.ts";
import type { ParityCase, ParityHandler } from "./case.ts";
import {
  flatTensor,
  namedLeaves,
  nodesUnder,
  type Results,
  stepped,
  tensorOf,
  weightsOf,
} from "./case_arrays.ts";

/** The configuration of a case; what it leaves out has the reference's default. */
export function dppoHyperOf(model: any, rest: Partial<DppoHyper>): DppoHyper {
  const unused = {} as DppoHyper;
  return {
    ...unused,
    ftDenoisingSteps: model.ft_denoising_steps,
    gammaDenoising: model.gamma_denoising,
    clipPlossCoef: model.clip_ploss_coef,
    clipPlossCoefBase: model.clip_ploss_coef_base ?? 1e-3,
    clipPlossCoefRate: model.clip_ploss_coef_rate ?? 3,
    clipVlossCoef: model.clip_vloss_coef ?? null,
    clipAdvantageLowerQuantile: model.clip_advantage_lower_quantile ?? 0,
    clipAdvantageUpperQuantile: model.clip_advantage_upper_quantile ?? 1,
    normAdv: model.norm_adv ?? true,
    fidelity: { truncation: "reference", rewardScaler: "reference", logProb: "reference" },
    ...rest,
  };
}

/** Policy, critic and loss configuration of a `ppo_loss` case. */
function lossSetup({ config, arrays }: ParityCase): DppoSetup {
  const [, steps, size] = arrays["in/state"].shape, cond_dim = steps * size;
  const [, , horizon_steps, action_dim] = arrays["in/chains"].shape;
  const sizes = { cond_dim, horizon_steps, action_dim };
  const { coefficients, loss_args } = config;
  const hyper = dppoHyperOf(config.model, {
    vfCoef: coefficients.vf_coef,
    entCoef: coefficients.ent_coef,
    bcLossCoeff: loss_args.use_bc_loss ? coefficients.bc_loss_coeff : 0,
    rewardHorizon: Math.min(loss_args.reward_horizon ?? 4, horizon_steps),
  });
  return { hyper, policy: policyOf(config, sizes), critic: valueCriticOf(config.critic, sizes) };
}

/** The minibatch of a case, its old log-probabilities reduced as those of a rollout are. */
function lossBatch(setup: DppoSetup, { arrays }: ParityCase) {
  const [chunks, steps] = arrays["in/oldlogprobs"].shape;
  const elements = { oldLogProb: rows(flatTensor(arrays["in/oldlogprobs"], 2)) };
  const reduction = reductionOf(setup.policy, setup.hyper);
  const { reduced } = evaluate({}, elements, (_, x) => ({
    reduced: reduceLogProb(x.oldLogProb, reduction),
  }));
  return {
    observation: flatTensor(arrays["in/state"]),
    chain: flatTensor(arrays["in/chains"], 2),
    oldLogProb: tensor([chunks, steps], reduced.data),
    advantage: transitionAdvantages(
      Float32Array.from(arrays["in/advantages"].data),
      steps,
      setup.hyper,
    ),
    clip: transitionClips(chunks, steps, setup.hyper),
  };
}

/** [B, F, n] → [B · F, n]. */
const rows = ({ shape, data }: Tensor): Tensor => ({
  shape: [shape[0] * shape[1], shape[2]],
  data,
});

/** Chains of the frozen policy, where the case imitates them. */
function imitated({ policy, hyper }: DppoSetup, parityCase: ParityCase): Tensor | undefined {
  const { config, arrays } = parityCase;
  if (!config.loss_args.use_bc_loss) return undefined;
  const noise = {
    initial: flatTensor(arrays["noise/bc_x_init"]),
    steps: flatTensor(arrays["noise/bc_x_steps"], 2),
  };
  const { ftDenoisingSteps } = hyper;
  const options = { deterministic: false, ftDenoisingSteps, recordChain: true };
  const frozen = {
    actor: weightsOf(parityCase, "actor."),
    eta: policy.eta && weightsOf(parityCase, "eta."),
  };
  return sample(policy, frozen, flatTensor(arrays["in/state"]), noise, options).chain;
}

/** The leaves of the fine-tuned policy and of η under their stored names. */
function trained(parityCase: ParityCase): Params {
  const all = weightsOf(parityCase);
  const names = all.layout.map(({ name }) => name).filter((n) => /^(actor_ft|eta)\./.test(n));
  return paramsOf(Object.fromEntries(names.map((name) => [name, leafOf(all, name)])));
}

function ppoLoss(parityCase: ParityCase): Results {
  const { config, arrays } = parityCase, setup = lossSetup(parityCase);
  const { policy, hyper } = setup, batch = lossBatch(setup, parityCase);
  const bcChain = imitated(setup, parityCase), inputs = { ...batch, ...(bcChain && { bcChain }) };
  const actor = valueAndGrad(trained(parityCase), {}, inputs, (nodes, _, x) => {
    const weights = { actor: nodesUnder(nodes, "actor_ft."), eta: nodesUnder(nodes, "eta.") };
    const { loss, aux } = dppoActorLoss(policy, hyper, weights, x);
    const found = chainLogProb(policy, weights.actor, x.chain, x.observation, weights.eta);
    return { loss, aux: { ...aux, elements: found.logProb } };
  });
  const criticParams = weightsOf(parityCase, "critic.");
  const critic = criticGradient(setup, criticParams, {
    observation: batch.observation,
    values: tensorOf(arrays["in/oldvalues"]),
    returns: tensorOf(arrays["in/returns"]),
  });
  const { surrogate, eta, imitation, logProb, elements } = actor.aux;
  const statistics = ratioStatistics(logProb.data, batch.oldLogProb.data, batch.clip.data);
  return {
    "out/newlogprobs": elements.data,
    "out/pg_loss": surrogate.data,
    "out/entropy_loss": [-eta.data[0]],
    "out/v_loss": [critic.valueLoss],
    "out/clipfrac": [statistics.clipFrac],
    "out/approx_kl": [statistics.approxKl],
    "out/ratio": [statistics.ratio],
    "out/bc_loss": imitation.data,
    "out/eta": eta.data,
    "out/total": [actor.value + hyper.vfCoef * critic.valueLoss],
    ...(bcChain && { "out/bc_chain": bcChain.data }),
    ...namedLeaves("grad", actor.grads),
    ...namedLeaves("grad", critic.grads, "critic."),
    ...newParameters(parityCase, select(actor.grads, "actor_ft."), critic.grads),
    ...(config.coefficients.max_grad_norm && {
      "out/grad_norm_actor": [globalNorm(select(actor.grads, "actor_ft."))],
    }),
  };
}

/** Parameters after one step of actor and critic. */
function newParameters(parityCase: ParityCase, actor: Params, critic: Params): Results {
  const { optimizer, coefficients } = parityCase.config;
  const { lr, critic_lr, ...rest } = optimizer;
  const clip = coefficients.max_grad_norm
    ? clipByGlobalNorm(coefficients.max_grad_norm)
    : (grads: Params) => grads;
  const old = (prefix: string) => weightsOf(parityCase, prefix);
  const newActor = stepped(old("actor_ft."), clip(actor), { ...rest, lr });
  const newCritic = stepped(old("critic."), critic, { ...rest, lr: critic_lr });
  return {
    ...namedLeaves("new", newActor, "actor_ft."),
    ...namedLeaves("new", newCritic, "critic."),
  };
}

/** Handlers by kind. */
export const handlers: Record<string, ParityHandler> = { ppo_loss: ppoLoss };
