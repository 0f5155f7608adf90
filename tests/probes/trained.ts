/** Runs of methods on probes. */
import { type ProbeName, probes } from "../../src/envs/probes/mod.ts";
import { evaluatePolicy } from "../../src/experiments/evaluate.ts";
import type { MethodHyper } from "../../src/methods/hyper.ts";
import type { Method } from "../../src/methods/method.ts";
import { adamw } from "../../src/optim/adamw.ts";
import { adapg } from "../../src/optim/adapg.ts";
import type { Optimizer } from "../../src/optim/optimizer.ts";
import { multiStep } from "../../src/rl/multi_step.ts";
import type { Policy } from "../../src/rl/policy.ts";
import { collectRollout, type RolloutState } from "../../src/rl/rollout.ts";
import { vectorEnvironment } from "../../src/rl/vector_environment.ts";
import { address, key } from "../../src/rng/key.ts";
import type { Params } from "../../src/tensor/params.ts";
import { ENVS } from "./plans.ts";

/** The arms; every step is given its learning rate. */
export const ARMS: Readonly<Record<string, Optimizer>> = {
  adamw: adamw({ learningRate: 0 }),
  adapg: adapg({ learningRate: 0, omega: 1.2, eps: 1e-11 }),
};

const ITERATIONS = 12, EPISODES = 64;

/** The state of a method after a dozen training iterations on a probe. */
export function trained<S>(
  probe: ProbeName,
  method: Method<S>,
  pretrained: Params,
  chunks: number,
): S {
  const env = vectorEnvironment(multiStep(probes[probe], 1), ENVS);
  let state = method.init(pretrained, key(1)), from: RolloutState | undefined;
  for (let iteration = 1; iteration <= ITERATIONS; iteration++) {
    const { rollout, next } = collectRollout(method, state, env, from, {
      iteration,
      chunks,
      mode: "explore",
      resetKey: address(key(2), iteration),
      actKey: address(key(3), iteration),
    });
    [state] = method.update(state, rollout, address(key(4), iteration));
    from = next;
  }
  return state;
}

/** The mean return of a policy in evaluation mode. */
export function meanReturn<S>(
  probe: ProbeName,
  policy: Policy<S>,
  state: S,
  { actSteps }: MethodHyper,
): number {
  const episodes = evaluatePolicy(policy, state, {
    env: multiStep(probes[probe], 1),
    episodes: EPISODES,
    actSteps,
    streams: { resets: key(5), act: key(6) },
  });
  return episodes.reduce((sum, episode) => sum + episode.return, 0) / EPISODES;
}
