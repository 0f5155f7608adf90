/**
 * Trains a diffusion policy on demonstrations and writes the checkpoint that fine-tuning starts from.
 *
 * @module
 */
import { basename } from "@std/path";
import type { BlasOptions } from "../src/adapters/blas_library.ts";
import { mujocoEngines } from "../src/adapters/mujoco_engines.ts";
import { formatCheckpoint } from "../src/data/checkpoint.ts";
import { pretrain, type PretrainState } from "../src/data/pretrain.ts";
import { pretrainHyper } from "../src/data/pretrain_hyper.ts";
import {
  actorConfig,
  checkpointPath,
  CHUNK,
  type DenoiserName,
  DENOISERS,
  DENOISING_STEPS,
  type Profile,
} from "../src/data/pretrain_settings.ts";
import { drawNoise } from "../src/diffusion/noise.ts";
import { type DiffusionPolicy, diffusionPolicy } from "../src/diffusion/policy.ts";
import { sample } from "../src/diffusion/sample.ts";
import { environments, type EnvName } from "../src/envs/mod.ts";
import { PROFILES } from "../src/experiments/budgets.ts";
import { type Episode, evaluatePolicy } from "../src/experiments/evaluate.ts";
import { scoreOf } from "../src/experiments/score.ts";
import { evaluationStreams } from "../src/experiments/streams.ts";
import { actorNetwork } from "../src/nn/actor.ts";
import { digestOf } from "../src/provenance/digest.ts";
import { multiStep } from "../src/rl/multi_step.ts";
import { type Normalization, normalized } from "../src/rl/normalize.ts";
import type { Policy } from "../src/rl/policy.ts";
import { address, key } from "../src/rng/key.ts";
import type { Params } from "../src/tensor/params.ts";
import { checkpointPair, writeCheckpoint } from "./checkpoint_pair.ts";
import { requireFilePlaces } from "./destination.ts";
import {
  integerOf,
  NUMERICS_OPTIONS,
  numericsOf,
  oneOf,
  requireLibraryAccess,
} from "./flag_checks.ts";
import { flagValues, usageOf } from "./flag_values.ts";
import { main } from "./main.ts";
import { dataFiles, readData, requireGenerated } from "./pretrain_data.ts";
import { useTrained } from "./resumable_training.ts";
import { moduleReader } from "./study/plan.ts";

/** A share of successes takes more episodes to tell than a mean return. */
const EVALUATION_EPISODES = { return: 20, success: 50 };

/** This task: the code that work in progress is kept for. */
const ENTRY = "tasks/pretrain.ts", WORK = ".work/pretrain";

const HELP = `Usage: deno task pretrain --env ${Object.keys(environments).join("|")} [options]
       deno task pretrain:blas with the same options: matrix products by a BLAS library, several times as fast, with the
       same bytes on one machine only

Trains a policy, evaluates it on fixed episodes and writes a safetensors file with a .json beside it. Interrupt it at
any time: the same command goes on from where it was a minute before, and ends with the same bytes.

  --profile NAME  compact (default) or paper: the size of the network and how long it is trained
  --denoiser NAME mlp (default) or unet: the network that predicts noise
  --data DIR      train.npz and normalization.npz; what data:generate made in .work/data/<env> by default
  --seed N        0 by default
  --blas-library PATH, --blas-threads N
                  with pretrain:blas, which library (OpenBLAS; Accelerate on macOS) and on how many threads (1)
  --out FILE      fixtures/checkpoints/<env>/<profile>.safetensors by default, <profile>-unet.safetensors for a U-Net;
                  with --data .work/checkpoints/<env>/<name of DIR>-<profile>.safetensors; pretrain:blas adds -blas to
                  the name and replaces no fixture`;

const OPTIONS = {
  env: { type: "string" },
  profile: { type: "string", default: "compact" },
  denoiser: { type: "string", default: "mlp" },
  data: { type: "string" },
  seed: { type: "string", default: "0" },
  ...NUMERICS_OPTIONS,
  out: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

interface Flags {
  readonly env: EnvName;
  readonly profile: Profile;
  readonly denoiser: DenoiserName;
  /** Absent for generated data. */
  readonly data?: string;
  readonly seed: number;
  /** Absent for strict numerics. */
  readonly blas?: BlasOptions;
  readonly out: string;
}

function flagsOf(values: ReturnType<typeof parsed>): Flags {
  const { data, out } = values;
  const env = oneOf("env", Object.keys(environments) as EnvName[], values.env);
  const profile = oneOf("profile", PROFILES, values.profile);
  const denoiser = oneOf("denoiser", DENOISERS, values.denoiser);
  const seed = integerOf("seed", values.seed, 0);
  const { blas } = numericsOf(values), suffix = blas === undefined ? "" : "-blas";
  const name = data === undefined
    ? basename(checkpointPath(env, profile, denoiser), ".safetensors")
    : `${basename(data)}-${profile}`;
  const place = data === undefined && blas === undefined
    ? checkpointPath(env, profile, denoiser)
    : `.work/checkpoints/${env}/${name}${suffix}.safetensors`;
  return { env, profile, denoiser, data, seed, blas, out: out ?? place };
}

const parsed = () => flagValues(Deno.args, OPTIONS, usageOf("pretrain"));

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

/** The command that makes the same checkpoint, where `--out` does not say otherwise. */
function commandOf({ env, profile, denoiser, data, seed, blas }: Flags): string {
  const task = blas === undefined ? "pretrain" : "pretrain:blas";
  const own = (denoiser === "mlp" ? "" : ` --denoiser ${denoiser}`) +
    (data === undefined ? "" : ` --data ${data}`);
  return `deno task ${task} --env ${env} --profile ${profile} --seed ${seed}${own}`;
}

main(async () => {
  const given = parsed();
  if (given.help) return console.log(HELP);
  const flags = flagsOf(given), { env: name, profile, denoiser, data, seed, blas, out } = flags;
  const folder = data ?? `.work/data/${name}`;
  // Before training, which takes hours.
  requireFilePlaces(checkpointPair(out), dataFiles(folder), true);
  requireLibraryAccess(blas, "pretrain:blas");
  const library = blas && (await import("../src/adapters/blas.ts")).installBlas(blas);
  const { spec } = environments[name], actor = actorConfig(spec, profile, denoiser);
  if (data === undefined) requireGenerated(folder, name);
  const { train: trajectories, ranges, digests } = readData(folder, spec);
  const policy = diffusionPolicy(actorNetwork(actor), { denoisingSteps: DENOISING_STEPS });
  const hyper = pretrainHyper(spec, profile), root = address(key(seed), "pretrain", name);
  const id = digestOf({
    name,
    profile,
    denoiser,
    seed,
    library: library ?? "none",
    digests,
    modules: moduleReader()([ENTRY]).files,
  });
  const publish = ({ average: network }: PretrainState) => {
    const episodes = evaluate(name, policy, network, ranges);
    const score = scoreOf(spec.metric, episodes);
    const manifest = {
      command: commandOf(flags),
      environment: name,
      profile,
      seed,
      // Generated data are a function of the seed.
      ...(data === undefined ? {} : { data: digests }),
      ...(library === undefined ? {} : { library }),
      actor,
      denoisingSteps: DENOISING_STEPS,
      hyper,
      evaluation: { metric: spec.metric, score, episodes },
    };
    writeCheckpoint(out, formatCheckpoint({ network, normalization: ranges }), manifest);
    console.log(`${out}  ${spec.metric} ${score.toFixed(3)} of ${episodes.length} episodes`);
  };
  useTrained(
    {
      id,
      periods: hyper.periods,
      run: (from) => pretrain(policy, trajectories, CHUNK, hyper, root, from),
    },
    WORK,
    publish,
  );
});
