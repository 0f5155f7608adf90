/**
 * Parity of the update phase of reward-weighted regression, with every draw recorded. No method of this package is it;
 * what is checked are returns, and several steps of the loss that DAWR has in common with it.
 *
 * @see irom-lab/dppo `agent/finetune/train_rwr_diffusion_agent.py`
 * @module
 */
import { rewardsToGo } from "../../src/data/qlearning_windows.ts";
import { denoisingGradient } from "../../src/methods/denoising.ts";
import { trainActor } from "../../src/methods/learner.ts";
import { takeRows } from "../../src/rl/rows.ts";
import { mean } from "../../src/stats/moments.ts";
import { type Tensor, tensor } from "../../src/tensor/tensor.ts";
import { policyOf } from "./build_network.ts";
import type { ParityCase, ParityHandler } from "./case.ts";
import { flatTensor, type Results } from "./case_arrays.ts";
import { sizesOf } from "./off_policy_case.ts";
import { learnerOf, news, run } from "./off_policy_update_case.ts";
import { DrawQueue } from "./recorded_draws.ts";

/** Added to the standard deviation of the returns. */
const EPSILON = 1e-3;

/**
 * Rows [N, E] of the episodes that begin and end within the collection and last more than one step, environment by
 * environment, and the length of each.
 */
function finishedEpisodes({ arrays }: ParityCase) {
  const { shape: [times, envs], data } = arrays["in/firsts"];
  const rows: number[] = [], lengths: number[] = [];
  for (let e = 0; e < envs; e++) {
    const starts = Array.from({ length: times }, (_, n) => n).filter((n) => data[n * envs + e]);
    starts.slice(1).forEach((end, i) => {
      const start = starts[i], length = end - start;
      if (length === 1) return;
      lengths.push(length);
      rows.push(...Array.from({ length }, (_, n) => (start + n) * envs + e));
    });
  }
  return { rows, lengths: Int32Array.from(lengths) };
}

/** w = min( exp(β R̂), cap ) with the returns standardised by their population's standard deviation. */
function rewardWeights(returns: ArrayLike<number>, beta: number, cap: number): Tensor {
  const values = Array.from(returns), center = mean(values);
  const std = Math.sqrt(mean(values.map((x) => (x - center) ** 2)));
  const weights = values.map((x) => Math.min(Math.exp(beta * (x - center) / (std + EPSILON)), cap));
  return tensor([weights.length], weights);
}

/** The collected transitions of finished episodes, with their weights. */
function weightedRows(parityCase: ParityCase) {
  const { arrays, config: { agent } } = parityCase;
  const { rows, lengths } = finishedEpisodes(parityCase);
  const rowsOf = (name: string): Tensor => {
    const { shape, data } = flatTensor(arrays[name], 2);
    return takeRows({ shape: [shape[0] * shape[1], shape[2]], data }, rows);
  };
  const rewards = Float32Array.from(rows, (row) => arrays["in/buf_rewards"].data[row]);
  const returns = rewardsToGo(rewards, lengths, agent.gamma);
  return {
    observation: rowsOf("in/buf_obs"),
    action: rowsOf("in/buf_actions"),
    weight: rewardWeights(returns, agent.beta, agent.max_reward_weight),
  };
}

/** The minibatches of every epoch, which leave out what does not fill one, and the draws of each. */
function drawsOf(parityCase: ParityCase) {
  const { agent } = parityCase.config, queue = new DrawQueue(parityCase);
  return Array.from({ length: agent.update_epochs }, () => {
    const order = queue.integers("shuffle"), size = agent.batch_size;
    const count = Math.max(1, Math.floor(order.length / size));
    return Array.from({ length: count }, (_, i) => ({
      indices: order.subarray(i * size, (i + 1) * size),
      loss: { t: queue.integers("randint"), noise: queue.normal() },
    }));
  }).flat();
}

function rwrUpdate(parityCase: ParityCase): Results {
  const policy = policyOf(parityCase.config, sizesOf(parityCase));
  const rows = weightedRows(parityCase), { learner, start } = learnerOf(parityCase);
  const draws = drawsOf(parityCase).map(({ indices, loss }) => ({
    observation: takeRows(rows.observation, indices),
    action: takeRows(rows.action, indices),
    weight: takeRows(rows.weight, indices),
    loss,
  }));
  const state = { actor: start("actor", "network.") };
  const { last, losses } = run(state, draws, ({ actor }, { loss, ...batch }) => {
    const gradient = () => denoisingGradient(policy, actor.theta, batch, loss);
    const { terms, ...next } = trainActor(learner, actor, gradient);
    return { state: next, terms };
  });
  return {
    "out/actor_losses": losses("actorLoss"),
    "out/weights": draws.flatMap(({ weight }) => [...weight.data]),
    ...news({ network: last.actor.theta }),
  };
}

/** Handlers by case name. */
export const handlers: Record<string, ParityHandler> = { "rwr_update*": rwrUpdate };
