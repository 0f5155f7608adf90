/**
 * Parity of the reference's plain policy gradient, of which DPPO's loss is a descendant. No method of this package
 * uses it; what is checked are log-probabilities and a value network under one more loss.
 *
 * @module
 */
import { chainLogProb } from "../../src/diffusion/log_prob.ts";
import { tf } from "../../src/tensor/backend.ts";
import { valueAndGrad } from "../../src/tensor/engine.ts";
import { stopGradient } from "../../src/tensor/ops/stop_gradient.ts";
import { policyOf, valueCriticOf } from "./build_network.ts";
import { type ParityCase, Unsupported } from "./case.ts";
import {
  flatTensor,
  namedLeaves,
  nodesUnder,
  type Results,
  sizesOf,
  stepped,
  tensorOf,
  weightsOf,
} from "./case_arrays.ts";

/** −mean(mean log-probability · (reward − V)), with V held fixed, and the squared error of V. */
export function vpgLoss(parityCase: ParityCase): Results {
  const { config, arrays } = parityCase, { model } = config;
  if (model.ft_denoising_steps !== model.denoising_steps) {
    throw new Unsupported("a policy gradient over part of the steps");
  }
  const sizes = sizesOf(arrays["in/chains"], arrays["in/state"]);
  const policy = policyOf(config, sizes), critic = valueCriticOf(config.critic, sizes);
  const params = weightsOf(parityCase), [batch] = arrays["in/reward"].shape;
  const inputs = {
    chain: flatTensor(arrays["in/chains"], 2),
    cond: flatTensor(arrays["in/state"]),
    reward: tensorOf(arrays["in/reward"]),
  };
  const { grads, aux } = valueAndGrad(params, {}, inputs, (nodes, _, { chain, cond, reward }) => {
    const value = tf.squeeze(critic.apply(nodesUnder(nodes, "critic."), cond), [1]);
    const advantage = stopGradient(tf.sub(reward, value));
    const { logProb } = chainLogProb(policy, nodesUnder(nodes, "actor_ft."), chain, cond);
    // The reference adds up the action components and averages over steps of chain and chunk.
    const perSample = tf.mul(
      tf.mean(tf.reshape(logProb, [batch, -1]), 1),
      policy.network.actionDim,
    );
    const actor = tf.neg(tf.mean(tf.mul(perSample, advantage)));
    const squares = tf.mean(tf.squaredDifference(value, reward));
    return {
      loss: tf.add(actor, squares),
      aux: { actor, squares, eta: tf.onesLike(logProb) },
    };
  });
  return {
    "out/loss_actor": aux.actor.data,
    "out/loss_critic": aux.squares.data,
    "out/eta": aux.eta.data,
    ...namedLeaves("grad", grads),
    ...namedLeaves("new", stepped(params, grads, config.optimizer)),
  };
}
