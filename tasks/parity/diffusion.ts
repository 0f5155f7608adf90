/**
 * Parity of schedules, the supervised loss, reverse steps, samplers and log-probabilities.
 *
 * @module
 */
import { bcLoss } from "../../src/diffusion/bc_loss.ts";
import { stepColumn } from "../../src/diffusion/column.ts";
import { cosineSchedule } from "../../src/diffusion/cosine_schedule.ts";
import { ddimSchedule } from "../../src/diffusion/ddim_schedule.ts";
import { chunkEta } from "../../src/diffusion/eta.ts";
import { chainLogProb } from "../../src/diffusion/log_prob.ts";
import { type DiffusionPolicy, diffusionPolicy } from "../../src/diffusion/policy.ts";
import { qSample } from "../../src/diffusion/q_sample.ts";
import { recordedChain, sampleChain } from "../../src/diffusion/sample_chain.ts";
import { tf } from "../../src/tensor/backend.ts";
import { evaluate, type Nodes, valueAndGrad } from "../../src/tensor/engine.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { denoiserOf, policyOf } from "./build_network.ts";
import { type ParityCase, type ParityHandler, type StoredArray, Unsupported } from "./case.ts";
import {
  flatTensor,
  namedLeaves,
  nodesUnder,
  type Results,
  sizesOf,
  stepped,
  weightsOf,
} from "./case_arrays.ts";
import { vpgLoss } from "./vpg.ts";

function schedule({ config }: ParityCase): Results {
  const s = cosineSchedule(config.denoising_steps);
  const results = {
    "out/betas": s.betas,
    "out/alphas": s.alphas,
    "out/alphas_cumprod": s.alphasCumprod,
    "out/alphas_cumprod_prev": s.alphasCumprodPrev,
    "out/sqrt_alphas_cumprod": s.sqrtAlphasCumprod,
    "out/sqrt_one_minus_alphas_cumprod": s.sqrtOneMinusAlphasCumprod,
    "out/sqrt_recip_alphas_cumprod": s.sqrtRecipAlphasCumprod,
    "out/sqrt_recipm1_alphas_cumprod": s.sqrtRecipm1AlphasCumprod,
    "out/ddpm_var": s.posteriorVariance,
    "out/ddpm_logvar_clipped": s.posteriorLogVariance,
    "out/ddpm_mu_coef1": s.posteriorMeanCoef1,
    "out/ddpm_mu_coef2": s.posteriorMeanCoef2,
  };
  if (!config.use_ddim) return results;
  const d = ddimSchedule(s, config.ddim_steps);
  return {
    ...results,
    "out/ddim_t": d.t,
    "out/ddim_alphas": d.alphas,
    "out/ddim_alphas_sqrt": d.alphasSqrt,
    "out/ddim_alphas_prev": d.alphasPrev,
    "out/ddim_sqrt_one_minus_alphas": d.sqrtOneMinusAlphas,
    // The noise of the base model, η = 0.
    "out/ddim_sigmas": d.alphas.map(() => 0),
  };
}

function pretrainLoss(parityCase: ParityCase): Results {
  const { config, arrays } = parityCase;
  const sizes = sizesOf(arrays["in/x_start"], arrays["in/state"]);
  const policy = diffusionPolicy(denoiserOf(config.network, sizes), {
    denoisingSteps: config.denoising_steps,
    predictEpsilon: config.predict_epsilon,
  });
  const params = weightsOf(parityCase, "network."), t = arrays["in/t"].data;
  const inputs = {
    chunk: flatTensor(arrays["in/x_start"]),
    cond: flatTensor(arrays["in/state"]),
    noise: flatTensor(arrays["noise/noise"]),
  };
  const { value, grads, aux } = valueAndGrad(params, {}, inputs, (weights, _, batch) => ({
    loss: bcLoss(policy, weights, batch, t),
    aux: { noisy: qSample(policy.schedule, batch.chunk, batch.noise, t) },
  }));
  return {
    "out/loss": [value],
    "out/x_noisy": aux.noisy.data,
    ...namedLeaves("grad", grads, "network."),
    ...namedLeaves("new", stepped(params, grads, config.optimizer), "network."),
  };
}

/** What the reference's class does at each sampling index. */
interface Setup {
  readonly policy: DiffusionPolicy;
  /** Prefix of the weights that serve the first steps. */
  readonly base: string;
  /** The first sampling index that `actor_ft` serves. */
  readonly firstFt: number;
  /** Transitions recorded by fine-tuned classes. */
  readonly ftDenoisingSteps?: number;
  readonly deterministic: boolean;
}

/** Classes with a frozen and a fine-tuned network. */
const FINE_TUNED = ["VPGDiffusion", "PPODiffusion"];

function setupOf({ config, arrays }: ParityCase, chunk: StoredArray): Setup {
  const policy = policyOf(config, sizesOf(chunk, arrays["in/state"]));
  const count = policy.process.steps.length, call = config.call ?? config;
  if (config.class === "DiffusionModel") {
    return { policy, base: "network.", firstFt: count, deterministic: true };
  }
  if (!FINE_TUNED.includes(config.class)) throw new Unsupported(`policy ${config.class}`);
  const { ft_denoising_steps: ftDenoisingSteps } = config.model;
  return {
    policy,
    base: "actor.",
    firstFt: call.use_base_policy ? count : count - ftDenoisingSteps,
    ftDenoisingSteps,
    deterministic: call.deterministic ?? false,
  };
}

/** The η of fine-tuned DDIM, 0 where it is deterministic; the base model has none. */
function etaOf(setup: Setup, eta: Nodes, cond: tf.Tensor): tf.Tensor | undefined {
  const found = chunkEta(setup.policy, eta, cond);
  return found && setup.deterministic ? tf.zeros([cond.shape[0], 1]) : found;
}

/** Mean and log-variance of every row of x, each at a sampling index of its own. */
function reverseStep(
  setup: Setup,
  nodes: Nodes,
  x: tf.Tensor,
  cond: tf.Tensor,
  index: ArrayLike<number>,
): Nodes {
  const { policy, firstFt } = setup, { process, network } = policy;
  const t = stepColumn(Array.from(index, (i) => process.steps[i]));
  const predictions = [setup.base, "actor_ft."].map((name) => nodesUnder(nodes, name))
    .filter((weights) => Object.keys(weights).length > 0)
    .map((weights) => network.apply(weights, x, t, cond));
  const tuned = tf.tensor2d(Array.from(index, (i) => i < firstFt ? 0 : 1), [index.length, 1]);
  const [base, ft = base] = predictions;
  const prediction = tf.add(tf.mul(base, tf.sub(1, tuned)), tf.mul(ft, tuned));
  const eta = etaOf(setup, nodesUnder(nodes, "eta."), cond);
  const std = tf.add(process.std(index, eta), tf.zeros([index.length, 1]));
  return {
    mean: process.mean(x, prediction, index, eta),
    logvar: perAction(policy, tf.mul(tf.log(std), 2)),
    eta: eta ? perAction(policy, eta) : tf.onesLike(x),
  };
}

/** [rows, H · Da] that repeats over the chunk as [rows, Da]; [rows, 1] as it is. */
const perAction = ({ network }: DiffusionPolicy, x: tf.Tensor): tf.Tensor =>
  x.shape[1] === 1 ? x : tf.slice(x, [0, 0], [-1, network.actionDim]);

function pMeanVar(parityCase: ParityCase): Results {
  const { config, arrays } = parityCase, setup = setupOf(parityCase, arrays["in/x"]);
  const last = config.model.denoising_steps - 1;
  const index = config.model.use_ddim
    ? arrays["in/index"].data
    : arrays["in/t"].data.map((t) => last - t);
  const { mean, logvar, eta } = evaluate(
    { params: weightsOf(parityCase) },
    { x: flatTensor(arrays["in/x"]), cond: flatTensor(arrays["in/state"]) },
    ({ params }, { x, cond }) => reverseStep(setup, params, x, cond, index),
  );
  return { "out/mean": mean.data, "out/logvar": logvar.data, "out/eta": eta.data };
}

function sampling(parityCase: ParityCase): Results {
  const { arrays } = parityCase, setup = setupOf(parityCase, arrays["noise/x_init"]);
  const { policy, base, firstFt, ftDenoisingSteps, deterministic } = setup;
  const { steps } = policy.process, count = steps.length;
  const inputs = {
    cond: flatTensor(arrays["in/state"]),
    initial: flatTensor(arrays["noise/x_init"]),
    steps: flatTensor(arrays["noise/x_steps"], 2),
  };
  const outputs = evaluate(
    { params: weightsOf(parityCase) },
    inputs,
    ({ params }, { cond, ...noise }): Nodes => {
      const actors = {
        actor: nodesUnder(params, base),
        actorFt: firstFt < count ? nodesUnder(params, "actor_ft.") : undefined,
        ftDenoisingSteps: count - firstFt,
        eta: nodesUnder(params, "eta."),
      };
      const chunks = sampleChain(policy, actors, cond, noise, deterministic);
      const reverse = chunks.slice(0, count).map((x, i) =>
        reverseStep(setup, params, x, cond, new Array(x.shape[0]).fill(i))
      );
      return {
        "out/final": chunks[count],
        "out/x_steps": tf.stack(chunks.slice(0, count)),
        "out/mean_steps": tf.stack(reverse.map(({ mean }) => mean)),
        "out/logvar_steps": tf.stack(reverse.map(({ logvar }) => logvar)),
        "out/chain": recordedChain(chunks, ftDenoisingSteps ?? count),
      };
    },
  );
  return { ...dataOf(outputs), "out/t_steps": steps };
}

const dataOf = (arrays: Readonly<Record<string, Tensor>>): Results =>
  Object.fromEntries(Object.entries(arrays).map(([name, { data }]) => [name, data]));

function logProb(parityCase: ParityCase): Results {
  const { config, arrays } = parityCase, { policy } = setupOf(parityCase, arrays["in/chains"]);
  const actor = config.use_base_policy ? "actor." : "actor_ft.";
  const inputs = {
    chain: flatTensor(arrays["in/chains"], 2),
    cond: flatTensor(arrays["in/state"]),
    cotangent: flatTensor(arrays["in/cot"]),
  };
  const { grads, aux } = valueAndGrad(weightsOf(parityCase), {}, inputs, (nodes, _, batch) => {
    const { chain, cond, cotangent } = batch;
    const weights = nodesUnder(nodes, actor), eta = nodesUnder(nodes, "eta.");
    const found = chainLogProb(policy, weights, chain, cond, eta);
    return {
      loss: tf.sum(tf.mul(found.logProb, cotangent)),
      aux: {
        "out/logprob": found.logProb,
        "out/eta": found.eta ? perAction(policy, found.eta) : tf.onesLike(found.logProb),
      },
    };
  });
  return { ...dataOf(aux), ...namedLeaves("grad", grads) };
}

/** Handlers by kind. */
export const handlers: Record<string, ParityHandler> = {
  schedule,
  pretrain_loss: pretrainLoss,
  p_mean_var: pMeanVar,
  sampling,
  logprob: logProb,
  vpg_loss: vpgLoss,
};
