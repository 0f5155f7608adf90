/**
 * Trains a diffusion policy on demonstrations and writes the checkpoint that fine-tuning starts from.
 *
 * Usage: deno task pretrain --env hopper [--profile compact|paper] [--data DIR] [--seed 0]
 *
 * @module
 */
import { mujocoEngines } from "../src/adapters/mujoco_engines.ts";
import { formatCheckpoint } from "../src/data/checkpoint.ts";
import { parseNormalization, parseTrajectories } from "../src/data/data_files.ts";
import { parseNpz } from "../src/data/formats/npz.ts";
import { pretrain, type PretrainState } from "../src/data/pretrain.ts";
import { pretrainHyper } from "../src/data/pretrain_hyper.ts";
import {
  actorConfig,
  CHUNK,
  DENOISING_STEPS,
  type Profile,
} from "../src/data/pretrain_settings.ts";
import { drawNoise } from "../src/diffusion/noise.ts";
import { type DiffusionPolicy, diffusionPolicy } from "../src/diffusion/policy.ts";
import { sample } from "../src/diffusion/sample.ts";
import { environments, type EnvName } from "../src/envs/mod.ts";
import { type Episode, evaluatePolicy } from "../src/experiments/evaluate.ts";
import { scoreOf } from "../src/experiments/score.ts";
import { evaluationStreams } from "../src/experiments/streams.ts";
import { diffusionMlp } from "../src/nn/diffusion_mlp.ts";
import { multiStep } from "../src/rl/multi_step.ts";
import { type Normalization, normalized } from "../src/rl/normalize.ts";
import type { Policy } from "../src/rl/policy.ts";
import { address, key } from "../src/rng/key.ts";
import type { Params } from "../src/tensor/params.ts";
import { flagValues } from "./flag_values.ts";
import { readBytes, write } from "./io.ts";
import { main } from "./main.ts";

const USAGE = `Usage: deno task pretrain --env ${Object.keys(environments).join("|")} ` +
  "[--profile compact|paper] [--data DIR] [--seed 0]";

interface Flags {
  readonly env: EnvName;
  readonly profile: Profile;
  readonly data: string;
  readonly seed: number;
}

function flags(): Flags {
  const { env, profile, data, seed } = parsed();
  if (env === undefined || !Object.hasOwn(environments, env)) {
    throw new Error(`${USAGE}: --env must name an environment, found ${env}`);
  }
  if (profile !== "compact" && profile !== "paper") {
    throw new Error(`${USAGE}: --profile must be compact or paper, found ${profile}`);
  }
  if (!/^\d{1,9}$/.test(seed)) {
    throw new Error(`${USAGE}: --seed must be an integer, found ${seed}`);
  }
  return { env: env as EnvName, profile, data: data ?? `.work/data/${env}`, seed: Number(seed) };
}

const OPTIONS = {
  env: { type: "string" },
  profile: { type: "string", default: "compact" },
  data: { type: "string" },
  seed: { type: "string", default: "0" },
} as const;

const parsed = () => flagValues(Deno.args, OPTIONS, (reason) => new Error(`${USAGE}: ${reason}`));

/** A share of successes takes more episodes to tell than a mean return. */
const EVALUATION_EPISODES = { return: 20, success: 50 };

/** The episodes that every policy is evaluated on, sampled as evaluation does. */
function evaluate(
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
      sample(
        policy,
        { actor },
        observation,
        drawNoise(policy, key, observation.shape[0]),
        { deterministic: true },
      ),
  };
  return evaluatePolicy(deterministic, actor, {
    env: multiStep(normalized(raw, ranges), CHUNK.condSteps),
    episodes: EVALUATION_EPISODES[raw.spec.metric],
    actSteps: CHUNK.horizonSteps,
    streams: evaluationStreams(name),
  });
}

function train(policy: DiffusionPolicy, { env, profile, data, seed }: Flags): PretrainState {
  const hyper = pretrainHyper(environments[env].spec, profile), file = `${data}/train.npz`;
  const trajectories = parseTrajectories(parseNpz(readBytes(file), file), file);
  const root = address(key(seed), "pretrain", env);
  let last: PretrainState | undefined;
  for (const state of pretrain(policy, trajectories, CHUNK, hyper, root)) {
    last = state;
    if (state.period % Math.ceil(hyper.periods / 20) === 0) {
      console.log(
        `${hyper.period} ${state.period}/${hyper.periods}  loss ${state.loss.toFixed(4)}`,
      );
    }
  }
  return last!;
}

main(() => {
  const chosen = flags(), { env: name, profile, data, seed } = chosen;
  const { spec } = environments[name], actor = actorConfig(spec, profile);
  const policy = diffusionPolicy(diffusionMlp(actor), { denoisingSteps: DENOISING_STEPS });
  const rangesFile = `${data}/normalization.npz`;
  const ranges = parseNormalization(parseNpz(readBytes(rangesFile), rangesFile), rangesFile);
  const { average: network } = train(policy, chosen);
  const episodes = evaluate(name, policy, network, ranges);
  const path = `fixtures/checkpoints/${name}/${profile}`;
  write(`${path}.safetensors`, formatCheckpoint({ network, normalization: ranges }));
  const manifest = {
    command: `deno task pretrain --env ${name} --profile ${profile} --seed ${seed}`,
    environment: name,
    profile,
    seed,
    actor,
    denoisingSteps: DENOISING_STEPS,
    hyper: pretrainHyper(spec, profile),
    evaluation: { metric: spec.metric, score: scoreOf(spec.metric, episodes), episodes },
  };
  write(`${path}.json`, JSON.stringify(manifest, null, 2) + "\n");
  const { metric, score } = manifest.evaluation;
  console.log(`${path}.safetensors  ${metric} ${score.toFixed(3)} of ${episodes.length} episodes`);
});
