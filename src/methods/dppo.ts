/**
 * Diffusion policy policy optimisation: PPO over the last denoising steps of a diffusion policy.
 *
 * @see Ren et al. 2024, https://arxiv.org/abs/2409.00588
 * @module
 */
import { type ChainNoise, drawNoise } from "../diffusion/noise.ts";
import type { DiffusionPolicy } from "../diffusion/policy.ts";
import { sample } from "../diffusion/sample.ts";
import { initialize } from "../nn/network.ts";
import { initialRewardScaler } from "../rl/reward_scaling.ts";
import { takeRows } from "../rl/rows.ts";
import { explainedVariance } from "../rl/statistics.ts";
import { permutation } from "../rng/draw.ts";
import { foldIn, type Key, split } from "../rng/key.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { executedPart } from "./chunks.ts";
import { type DppoData, dppoData } from "./dppo_data.ts";
import { dppoGradients, type DppoMinibatch, type DppoTerms } from "./dppo_gradients.ts";
import type { DppoHyper } from "./dppo_hyper.ts";
import { type DppoSetup, dppoSetup, type DppoState } from "./dppo_state.ts";
import { type Arms, learnerAt } from "./learner.ts";
import { type ActionSample, lastOf, type Method, type Step } from "./method.ts";

/** DPPO with an arm's optimizers. */
export function dppo(arms: Arms, hyper: DppoHyper): Method<DppoState> {
  const setup = dppoSetup(hyper), { policy, critic } = setup;
  return {
    name: "dppo",
    recordsChain: true,
    seesFinalObservation: false,
    init: (pretrained, key) => ({
      actor: pretrained,
      actorFt: arms.actor.init(pretrained),
      critic: arms.critic.init(initialize(critic, key)),
      rewardScaler: initialRewardScaler(hyper.nEnvs),
    }),
    act: (state, observation, key, mode) => {
      const noise = drawNoise(policy, key, observation.shape[0]);
      return dppoAct(setup, state, observation, noise, mode === "evaluate");
    },
    update(state, rollout, key) {
      const { data, rewardScaler } = dppoData(setup, state, rollout);
      const draws = drawsOf(policy, key, rollout.reward.length);
      const steps = dppoSteps(arms, setup, state, data, rollout.iteration, draws);
      const [last, metrics] = lastOf(state, steps);
      const explained = explainedVariance(data.values.data, data.returns.data);
      return [{ ...last, rewardScaler }, { ...metrics, explainedVariance: explained }];
    },
  };
}

/** Chunks whose last F denoising steps are the fine-tuned policy's, with the chains of those steps. */
export function dppoAct(
  { policy, hyper: { ftDenoisingSteps, actSteps } }: DppoSetup,
  { actor, actorFt }: Pick<DppoState, "actor" | "actorFt">,
  observation: Tensor,
  noise: ChainNoise,
  deterministic: boolean,
): ActionSample {
  const options = { deterministic, ftDenoisingSteps, recordChain: true };
  const params = { actor, actorFt: actorFt.theta };
  const { action, chain } = sample(policy, params, observation, noise, options);
  return { action: executedPart(policy, actSteps, action), chain };
}

/** The random numbers of an iteration's updates. */
export interface DppoDraws {
  /** The order of the N · E chunks in an epoch. */
  shuffle(epoch: number): Int32Array;
  /** Noise for the chains of the frozen policy that the `i`-th minibatch imitates. */
  imitationNoise(i: number, batch: number): ChainNoise;
}

function drawsOf(policy: DiffusionPolicy, key: Key, rows: number): DppoDraws {
  const [shuffles, imitations] = split(key);
  return {
    shuffle: (epoch) => permutation(foldIn(shuffles, epoch), rows),
    imitationNoise: (i, batch) => drawNoise(policy, foldIn(imitations, i), batch),
  };
}

/**
 * The steps of an iteration: epochs over shuffled minibatches, until a minibatch's divergence exceeds targetKl.
 * That minibatch's step is still taken; the actor rests while its critic warms up.
 */
export function* dppoSteps(
  arms: Arms,
  setup: DppoSetup,
  state: DppoState,
  data: DppoData,
  iteration: number,
  draws: DppoDraws,
): Generator<Step<DppoState, DppoTerms>> {
  const { updateEpochs, batchSize, bcLossCoeff, targetKl } = setup.hyper;
  const learner = learnerAt(arms, setup.hyper, iteration, true);
  let taken = 0;
  for (let epoch = 0; epoch < updateEpochs; epoch++) {
    for (const indices of blocks(draws.shuffle(epoch), batchSize)) {
      const chosen = chooseRows(data, indices);
      const noise = () => draws.imitationNoise(taken, indices.length);
      const batch = bcLossCoeff === 0 ? chosen : imitating(setup, state, chosen, noise());
      const params = { actorFt: state.actorFt.theta, critic: state.critic.theta };
      const { actor, critic, terms } = dppoGradients(setup, params, batch);
      state = {
        ...state,
        actorFt: learner.actor(state.actorFt, actor),
        critic: learner.critic(state.critic, critic),
      };
      taken++;
      yield { state, terms };
      if (terms.approxKl > targetKl) return;
    }
  }
}

/** Consecutive blocks of `size` indices; what remains is left out, unless there is no full block. */
const blocks = (order: Int32Array, size: number): readonly Int32Array[] =>
  Array.from(
    { length: Math.max(1, Math.floor(order.length / size)) },
    (_, i) => order.subarray(i * size, (i + 1) * size),
  );

const chooseRows = (data: DppoData, indices: Int32Array): DppoData =>
  Object.fromEntries(
    Object.entries(data).map(([name, x]) => [name, takeRows(x, indices)]),
  ) as unknown as DppoData;

/** The minibatch with chains of the frozen policy for its observations. */
function imitating(
  { policy, hyper: { ftDenoisingSteps } }: DppoSetup,
  { actor }: DppoState,
  batch: DppoData,
  noise: ChainNoise,
): DppoMinibatch {
  const options = { deterministic: false, ftDenoisingSteps, recordChain: true };
  return { ...batch, bcChain: sample(policy, { actor }, batch.observation, noise, options).chain };
}
