/**
 * Parity of whole training iterations of DPPO against a scripted vector environment.
 *
 * @module
 */
import { chainLogProb } from "../../src/diffusion/log_prob.ts";
import { dppoAct, dppoSteps } from "../../src/methods/dppo.ts";
import { type DppoData, dppoData } from "../../src/methods/dppo_data.ts";
import type { DppoTerms } from "../../src/methods/dppo_gradients.ts";
import type { DppoSetup, DppoState } from "../../src/methods/dppo_state.ts";
import { type Arms, scheduleOf } from "../../src/methods/learner.ts";
import { optimizerOf } from "../../src/optim/mod.ts";
import { episodeMetrics } from "../../src/rl/episode_metrics.ts";
import { initialRewardScaler } from "../../src/rl/reward_scaling.ts";
import type { Rollout } from "../../src/rl/rollout_types.ts";
import { evaluate } from "../../src/tensor/engine.ts";
import { type Tensor, tensor, volume } from "../../src/tensor/tensor.ts";
import { policyOf, valueCriticOf } from "./build_network.ts";
import { type ParityCase, type ParityHandler, Unsupported } from "./case.ts";
import { flatTensor, namedLeaves, type Results, weightsOf } from "./case_arrays.ts";
import { dppoHyperOf } from "./ppo.ts";
import { torchOptimizer } from "./torch_optimizer.ts";

// deno-lint-ignore no-explicit-any
const rateOf = (lr: number, scheduler: any) => ({
  lr,
  minLr: scheduler.min_lr,
  firstCycleSteps: scheduler.first_cycle_steps,
  warmupSteps: scheduler.warmup_steps,
});

function setupOf({ config, arrays }: ParityCase): DppoSetup {
  if (config.eta || config.model.use_ddim) throw new Unsupported("training iterations with DDIM");
  const { model, train } = config, [, , horizon_steps, action_dim] = arrays["noise/x_init"].shape;
  const sizes = { cond_dim: volume(arrays["in/obs"].shape.slice(2)), horizon_steps, action_dim };
  const hyper = dppoHyperOf(model, {
    actSteps: config.act_steps,
    nEnvs: config.n_envs,
    gamma: train.gamma,
    gaeLambda: train.gae_lambda ?? 0.95,
    actorLr: rateOf(train.actor_lr, train.actor_lr_scheduler),
    criticLr: rateOf(train.critic_lr, train.critic_lr_scheduler),
    nCriticWarmupItr: train.n_critic_warmup_itr ?? 0,
    maxGradNorm: train.max_grad_norm ?? null,
    rewardScaleRunning: train.reward_scale_running,
    rewardScaleConst: train.reward_scale_const ?? 1,
    batchSize: train.batch_size,
    updateEpochs: train.update_epochs,
    vfCoef: train.vf_coef ?? 0,
    entCoef: train.ent_coef ?? 0,
    bcLossCoeff: train.use_bc_loss ? train.bc_loss_coeff : 0,
    targetKl: train.target_kl ?? Infinity,
    rewardHorizon: config.reward_horizon ?? train.reward_horizon ?? config.act_steps,
  });
  return { hyper, policy: policyOf(config, sizes), critic: valueCriticOf(config.critic, sizes) };
}

function armsOf({ config }: ParityCase): Arms {
  const { type, steps: _, ...options } = config.optimizer, { train } = config;
  const create = (weight_decay: number) => {
    const { optimizer, options: translated } = torchOptimizer(type, { ...options, weight_decay });
    return optimizerOf(optimizer, translated);
  };
  return { actor: create(train.actor_weight_decay), critic: create(train.critic_weight_decay) };
}

/** The scripted environment: what each call returns, whatever the action. */
function player(parityCase: ParityCase, setup: DppoSetup) {
  const { config, arrays } = parityCase, { n_steps: chunks, n_envs: envs } = config;
  const at = (name: string, i: number, leading: number): Tensor => {
    const all = flatTensor(arrays[name], leading), shape = all.shape.slice(1);
    return { shape, data: all.data.subarray(i * volume(shape), (i + 1) * volume(shape)) };
  };
  const flags = (name: string, call: number, n: number) =>
    Uint8Array.from(arrays[name].data.subarray(call * envs, (call + n) * envs));
  let resets = 0, calls = 0, now = at("in/reset_obs", 0, 2), done = new Uint8Array(envs);
  /** The chunks of an iteration under the policy of a state. */
  return (state: DppoState, iteration: number, evaluation: boolean): Rollout => {
    const reset = config.reset_at_iteration || evaluation, start = calls;
    if (reset) now = at("in/reset_obs", resets++, 2);
    const first = [reset ? new Uint8Array(envs).fill(1) : done];
    const observations: Tensor[] = [], actions: Tensor[] = [], chains: Tensor[] = [];
    for (let n = 0; n < chunks; n++, calls++) {
      const noise = {
        initial: at("noise/x_init", calls, 2),
        steps: at("noise/x_steps", calls, 3),
      };
      const { action, chain } = dppoAct(setup, state, now, noise, evaluation);
      observations.push(now), actions.push(action), chains.push(chain!);
      now = at("in/obs", calls, 2);
      const truncated = flags("in/truncated", calls, 1);
      done = flags("in/terminated", calls, 1).map((t, e) => t | truncated[e]);
      first.push(done);
    }
    const rewards = arrays["in/rewards"].data.slice(start * envs, calls * envs);
    const after = flatTensor(arrays["in/obs"], 2).data.subarray(start * envs * now.shape[1]);
    const observation = stacked(observations);
    return {
      iteration,
      chunks,
      envs,
      observation,
      nextObservation: tensor(observation.shape, after.subarray(0, observation.data.length)),
      lastObservation: now,
      action: stacked(actions),
      chain: stacked(chains),
      reward: rewards,
      terminated: flags("in/terminated", start, chunks),
      truncated: flags("in/truncated", start, chunks),
      first: Uint8Array.from(first.flatMap((f) => [...f])),
    };
  };
}

/** Rows of all tensors, one after another. */
const stacked = (parts: readonly Tensor[]): Tensor =>
  tensor(
    [parts.length * parts[0].shape[0], ...parts[0].shape.slice(1)],
    Float32Array.from(parts.flatMap(({ data }) => [...data])),
  );

/** What the case records of the iterations, in order. */
class Trace {
  readonly actions: number[] = [];
  readonly terms: number[] = [];
  readonly termIterations: number[] = [];
  readonly rates: number[] = [];
  readonly episodeReward: number[] = [];
  readonly data: DppoData[] = [];
  readonly logProbs: number[] = [];

  addTerms(iteration: number, terms: DppoTerms) {
    const { policyLoss, valueLoss, clipFrac, approxKl, ratio, bcLoss, eta } = terms;
    this.terms.push(policyLoss, -eta, valueLoss, clipFrac, approxKl, ratio, bcLoss, eta);
    this.termIterations.push(iteration);
  }

  results(): Results {
    const all = (name: "values" | "advantages" | "returns") =>
      this.data.flatMap((data) => [...data[name].data]);
    return {
      "out/actions": this.actions,
      "out/loss_terms": this.terms,
      "out/loss_itr": this.termIterations,
      "out/returns": all("returns"),
      "out/values": all("values"),
      "out/advantages": all("advantages"),
      "out/oldlogprobs": this.logProbs,
      "out/lr": this.rates,
      "out/avg_episode_reward": this.episodeReward,
    };
  }
}

/** Log-probabilities of the recorded chains, element by element. */
function chainElements({ policy }: DppoSetup, state: DppoState, { observation, chain }: Rollout) {
  const { elements } = evaluate(
    { actor: state.actorFt.theta },
    { observation, chain: chain! },
    ({ actor }, x) => ({ elements: chainLogProb(policy, actor, x.chain, x.observation).logProb }),
  );
  return elements.data;
}

function ppoIteration(parityCase: ParityCase): Results {
  const { config, arrays } = parityCase, setup = setupOf(parityCase), arms = armsOf(parityCase);
  const { hyper } = setup, play = player(parityCase, setup), trace = new Trace();
  let shuffles = 0,
    state: DppoState = {
      actor: weightsOf(parityCase, "actor."),
      actorFt: arms.actor.init(weightsOf(parityCase, "actor_ft.")),
      critic: arms.critic.init(weightsOf(parityCase, "critic.")),
      rewardScaler: initialRewardScaler(hyper.nEnvs),
    };
  const perm = arrays["noise/perm"], rows = perm.shape[1];
  const draws = {
    shuffle: () => Int32Array.from(perm.data.subarray(shuffles * rows, ++shuffles * rows)),
    imitationNoise: () => {
      throw new Error("the case records no noise for imitation");
    },
  };
  for (let iteration = 0; iteration < config.n_train_itr; iteration++) {
    const evaluation = iteration % config.val_freq === 0 && !config.force_train;
    const rollout = play(state, iteration, evaluation);
    trace.actions.push(...rollout.action.data);
    trace.episodeReward.push(episodeMetrics(rollout, hyper.actSteps, 0).meanReturn);
    if (!evaluation) {
      if (trace.data.length === 0) trace.logProbs.push(...chainElements(setup, state, rollout));
      const { data, rewardScaler } = dppoData(setup, state, rollout);
      trace.data.push(data);
      state = { ...state, rewardScaler };
      for (const step of dppoSteps(arms, setup, state, data, iteration, draws)) {
        trace.addTerms(iteration, step.terms);
        state = step.state;
      }
    }
    const warm = Math.max(0, iteration + 1 - hyper.nCriticWarmupItr);
    trace.rates.push(scheduleOf(hyper.actorLr)(warm), scheduleOf(hyper.criticLr)(iteration + 1));
  }
  return {
    ...trace.results(),
    ...namedLeaves("new", state.actorFt.theta, "actor_ft."),
    ...namedLeaves("new", state.critic.theta, "critic."),
  };
}

/** Handlers by kind. */
export const handlers: Record<string, ParityHandler> = { ppo_iteration: ppoIteration };
