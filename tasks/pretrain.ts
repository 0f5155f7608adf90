/**
 * Trains a diffusion policy on demonstrations and writes the checkpoint that fine-tuning starts from.
 *
 * @module
 */
import { basename, dirname } from "@std/path";
import type { BlasOptions } from "../src/adapters/blas_library.ts";
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
import { diffusionPolicy } from "../src/diffusion/policy.ts";
import { environments, type EnvName } from "../src/envs/mod.ts";
import { PROFILES } from "../src/experiments/budgets.ts";
import { scoreOf } from "../src/experiments/score.ts";
import { actorNetwork } from "../src/nn/actor.ts";
import { digestOf } from "../src/provenance/digest.ts";
import { address, key } from "../src/rng/key.ts";
import { checkpointPair, writeCheckpoint } from "./checkpoint_pair.ts";
import { requireFilePlaces, requireWritable } from "./destination.ts";
import {
  integerOf,
  NUMERICS_OPTIONS,
  numericsOf,
  oneOf,
  requireLibraryAccess,
} from "./flag_checks.ts";
import { flagValues, HELP_OPTION, usageOf } from "./flag_values.ts";
import { main } from "./main.ts";
import { dataFiles, readData, requireGenerated } from "./pretrain_data.ts";
import { evaluate } from "./pretrain_evaluation.ts";
import { useTrained } from "./resumable_training.ts";
import { moduleReader } from "./study/plan.ts";

/** This task: the code that work in progress is kept for. */
const ENTRY = "tasks/pretrain.ts", WORK = ".work/pretrain";

const HELP =
  `Train a diffusion policy on demonstrations, evaluate it on fixed episodes and write its checkpoint.

Usage: deno task pretrain --env NAME [flags]
       deno task pretrain:blas --env NAME [flags]

  --env NAME           ${Object.keys(environments).join(", ")}
  --profile NAME       compact or paper: the network's size and how long it is trained (compact)
  --denoiser NAME      mlp or unet: the network that predicts noise (mlp)
  --data DIR           train.npz and normalization.npz (what data:generate made in .work/data/<env>)
  --seed N             a non-negative integer (0)
  --blas-library PATH  pretrain:blas: which library (OpenBLAS; Accelerate on macOS)
  --blas-threads N     pretrain:blas: threads of each matrix product (1)
  --out FILE           where to write, see below; what is there is replaced
  --help               this text

pretrain:blas has matrix products by a BLAS library: faster, with the same bytes on one machine
only.

Writes a safetensors file with a .json beside it. Without --out that of generated data is a fixture,
fixtures/checkpoints/<env>/<profile>.safetensors. With --data it is
.work/checkpoints/<env>/<name of DIR>-<profile>.safetensors. A U-Net adds -unet to the name;
pretrain:blas adds -blas and replaces no fixture.

Interrupt it at any time: the same command goes on from where it was a minute before, and ends with
the same bytes.

Example: deno task pretrain --env hopper`;

const OPTIONS = {
  env: { type: "string" },
  profile: { type: "string", default: "compact" },
  denoiser: { type: "string", default: "mlp" },
  data: { type: "string" },
  seed: { type: "string", default: "0" },
  ...NUMERICS_OPTIONS,
  out: { type: "string" },
  ...HELP_OPTION,
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
  const fixture = checkpointPath(env, profile, denoiser);
  const from = data === undefined ? "" : `${basename(data)}-`;
  const place = data === undefined && blas === undefined
    ? fixture
    : `.work/checkpoints/${env}/${from}${basename(fixture, ".safetensors")}${suffix}.safetensors`;
  return { env, profile, denoiser, data, seed, blas, out: out ?? place };
}

const parsed = () => flagValues(Deno.args, OPTIONS, usageOf("pretrain"));

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
  requireWritable(dirname(out));
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
