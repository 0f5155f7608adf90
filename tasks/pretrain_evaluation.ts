/**
 * How good a pre-trained policy is.
 *
 * @module
 */
import { mujocoEngines } from "../src/adapters/mujoco_engines.ts";
import { CHUNK } from "../src/data/pretrain_settings.ts";
import type { DiffusionPolicy } from "../src/diffusion/policy.ts";
import { environments, type EnvName } from "../src/envs/mod.ts";
import { type Episode, evaluatePolicy } from "../src/experiments/evaluate.ts";
import { evaluationStreams } from "../src/experiments/streams.ts";
import { actBySampling } from "../src/methods/chunks.ts";
import { multiStep } from "../src/rl/multi_step.ts";
import { type Normalization, normalized } from "../src/rl/normalize.ts";
import type { Policy } from "../src/rl/policy.ts";
import type { Params } from "../src/tensor/params.ts";

/** A share of successes takes more episodes to tell than a mean return. */
const EVALUATION_EPISODES = { return: 20, success: 50 };

/** The episodes that every policy is evaluated on, sampled as evaluation does. */
export function evaluate(
  name: EnvName,
  policy: DiffusionPolicy,
  actor: Params,
  ranges: Normalization,
): Episode[] {
  const raw = environments[name].open(mujocoEngines);
  const deterministic: Policy<Params> = {
    recordsChain: false,
    seesFinalObservation: false,
    act: (actor, observation, key) =>
      actBySampling(policy, CHUNK.horizonSteps, actor, observation, key, "evaluate"),
  };
  return evaluatePolicy(deterministic, actor, {
    env: multiStep(normalized(raw, ranges), CHUNK.condSteps),
    episodes: EVALUATION_EPISODES[raw.spec.metric],
    actSteps: CHUNK.horizonSteps,
    streams: evaluationStreams(name),
  });
}
