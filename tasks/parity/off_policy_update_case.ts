/**
 * What the update cases of methods that learn from a replay start from, and how their steps are run.
 *
 * @module
 */
import type { MethodHyper } from "../../src/methods/hyper.ts";
import { learnerAt } from "../../src/methods/learner.ts";
import type { Step } from "../../src/methods/method.ts";
import { stepEach } from "../../src/methods/replay_method.ts";
import { optimizerOf } from "../../src/optim/mod.ts";
import type { OptimizerState } from "../../src/optim/optimizer.ts";
import { addSegment, emptyReplay, type Replay } from "../../src/rl/replay.ts";
import type { Params } from "../../src/tensor/params.ts";
import type { ParityCase } from "./case.ts";
import { flatTensor, namedLeaves, type Results, weightsOf } from "./case_arrays.ts";
import { partialHyper } from "./off_policy_case.ts";
import { torchOptimizer } from "./torch_optimizer.ts";

/** The collected transitions. */
export function replayOf({ arrays }: ParityCase): Replay {
  const rows = (name: string) => {
    const { shape, data } = flatTensor(arrays[name], 2);
    return { shape: [shape[0] * shape[1], shape[2]], data };
  };
  const observation = rows("in/buf_obs");
  const terminated = Uint8Array.from(arrays["in/buf_terminated"].data);
  return addSegment(emptyReplay(terminated.length), {
    observation,
    nextObservation: "in/buf_next_obs" in arrays ? rows("in/buf_next_obs") : observation,
    action: rows("in/buf_actions"),
    reward: arrays["in/buf_rewards"].data,
    terminated,
    truncated: new Uint8Array(terminated.length),
  });
}

/** The optimizers of a case and the state that each starts in. */
export function learnerOf(parityCase: ParityCase) {
  const { optimizer: given, agent } = parityCase.config;
  const { type, lr_actor, lr_critic, steps: _, ...options } = given;
  const create = (lr: number) => {
    const found = torchOptimizer(type, { ...options, lr });
    return optimizerOf(found.optimizer, found.options);
  };
  const arms = { actor: create(lr_actor), critic: create(lr_critic) };
  const rate = (lr: number) => ({ lr, minLr: lr, firstCycleSteps: 1, warmupSteps: 0 });
  const hyper = partialHyper<MethodHyper>({
    actorLr: rate(lr_actor),
    criticLr: rate(lr_critic),
    nCriticWarmupItr: 0,
    maxGradNorm: agent.max_grad_norm ?? null,
  });
  const start = (arm: "actor" | "critic", prefix: string): OptimizerState =>
    arms[arm].init(weightsOf(parityCase, prefix));
  return { learner: learnerAt(arms, hyper, 0), start };
}

/** The last state and every step's terms. */
export function run<S, D>(state: S, draws: Iterable<D>, step: (state: S, draw: D) => Step<S>) {
  const steps = [...stepEach(state, draws, step)];
  const losses = (name: string) => steps.map(({ terms }) => terms[name]);
  return { last: steps[steps.length - 1].state, losses };
}

/** The parameters of networks after the last step. */
export const news = (networks: Readonly<Record<string, Params>>): Results =>
  Object.assign(
    {},
    ...Object.entries(networks).map(([name, params]) => namedLeaves("new", params, `${name}.`)),
  );
