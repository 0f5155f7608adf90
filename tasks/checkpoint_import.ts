/**
 * Turns a checkpoint of the PyTorch reference into one that this project fine-tunes from, or shows what is in it.
 *
 * @module
 */
import { basename } from "@std/path";
import { formatCheckpoint } from "../src/data/checkpoint.ts";
import {
  readReferenceCheckpoint,
  type ReferenceCheckpoint,
  type Weights,
} from "../src/data/checkpoints/reference_checkpoint.ts";
import { parseNormalization } from "../src/data/data_files.ts";
import { readNpz } from "../src/data/formats/npz.ts";
import { actorConfig } from "../src/data/pretrain_settings.ts";
import { environments, type EnvName } from "../src/envs/mod.ts";
import { PROFILES } from "../src/experiments/budgets.ts";
import { actorNetwork } from "../src/nn/actor.ts";
import { quote } from "../src/provenance/format_error.ts";
import { paramsFrom } from "../src/provenance/params_file.ts";
import type { EnvSpec } from "../src/rl/environment.ts";
import type { Normalization } from "../src/rl/normalize.ts";
import { layoutOf } from "../src/tensor/params.ts";
import { checkpointPair, writeCheckpoint } from "./checkpoint_pair.ts";
import { requireFilePlaces } from "./destination.ts";
import { digestSource, openSource } from "./file_source.ts";
import { oneOf, requireWith } from "./flag_checks.ts";
import { flagValues, HELP_OPTION, usageOf } from "./flag_values.ts";
import { main } from "./main.ts";

const HELP =
  `Turn a checkpoint of the PyTorch reference into one for --pretrained, or list what is in it.

Usage: deno task checkpoint:import --from FILE [flags]

  --from FILE           a .pt file of torch.save, read as data: nothing in it is executed; or
                        safetensors
  --env NAME            write a checkpoint for this environment; without it the tensors are listed;
                        one of ${Object.keys(environments).join(", ")}
  --weights ema|model   which weights of a pre-training checkpoint (ema)
  --help                this text

With --env:

  --normalization FILE  the normalization.npz of the data that the policy was trained on
  --profile NAME        paper or compact, the sizes that the network must have (paper)
  --network NAME        network or actor_ft: a fine-tuned DPPO checkpoint holds the frozen base as
                        network and the trained network as actor_ft, so there it must be given;
                        elsewhere it is network
  --out FILE            where to write (.work/checkpoints/<env>/<name of the file>.safetensors)
  --overwrite           replace what is there

Example: deno task checkpoint:import --from state_3000.pt`;

const OPTIONS = {
  from: { type: "string" },
  env: { type: "string" },
  profile: { type: "string" },
  weights: { type: "string" },
  network: { type: "string" },
  normalization: { type: "string" },
  out: { type: "string" },
  overwrite: { type: "boolean", default: false },
  ...HELP_OPTION,
} as const;

type Flags = ReturnType<typeof parsed>;

/** Flags of a conversion, which listing what is in a file has no use for. */
const OF_CONVERSION = ["profile", "network", "normalization", "out", "overwrite"];

const usage = usageOf("checkpoint:import");

const parsed = () => flagValues(Deno.args, OPTIONS, usage);

function show({ tensors, weights, counters, ignored }: ReferenceCheckpoint): void {
  const about = Object.entries(counters).map(([name, value]) => `${name} ${value}`);
  console.log([weights ?? "one set of weights", ...about].join(", "));
  let count = 0;
  for (const [name, { dtype, shape, data }] of tensors) {
    console.log(`${dtype.padEnd(5)} [${shape.join(", ")}]`.padEnd(22) + ` ${quote(name)}`);
    count += data.length;
  }
  console.log(`${tensors.size} tensors, ${count} numbers`);
  if (ignored.length > 0) console.log(`no tensors: ${ignored.map(quote).join(", ")}`);
}

function rangesOf(path: string, spec: EnvSpec): Normalization {
  using source = openSource(path);
  return parseNormalization(readNpz(source), source.name, spec);
}

/** DPPO keeps the network it trains as `actor_ft` beside the frozen `network`: which one is for the user to say. */
function networkNamed(flag: string | undefined, { tensors }: ReferenceCheckpoint): string {
  if (flag !== undefined) return oneOf("network", ["network", "actor_ft"], flag);
  if (![...tensors.keys()].some((name) => /^(module\.)?actor_ft\./.test(name))) return "network";
  throw usage(
    "the file holds a fine-tuned network: add --network actor_ft for it or --network network for its frozen base",
  );
}

/** What stands before the tensors' names; DataParallel puts the networks into a `module`. */
function prefixOf(network: string, { tensors }: ReferenceCheckpoint): string {
  const wrapped = [...tensors.keys()].every((name) => name.startsWith("module."));
  return `${wrapped ? "module." : ""}${network}.`;
}

function convert(
  flags: Flags,
  checkpoint: ReferenceCheckpoint,
  file: string,
  digest: string,
): void {
  const env = oneOf("env", Object.keys(environments) as EnvName[], flags.env);
  const profile = oneOf("profile", PROFILES, flags.profile ?? "paper");
  if (flags.normalization === undefined) throw usage("--normalization is missing");
  const { spec } = environments[env], actor = actorConfig(spec, profile);
  const layout = layoutOf(actorNetwork(actor).leaves.map((leaf) => [leaf.name, leaf.shape]));
  const taken = networkNamed(flags.network, checkpoint), prefix = prefixOf(taken, checkpoint);
  const network = paramsFrom(checkpoint.tensors, { prefix, layout, file });
  const normalization = rangesOf(flags.normalization, spec);
  const stem = file.replace(/\.[^.]*$/, "");
  const out = flags.out ?? `.work/checkpoints/${env}/${stem}.safetensors`;
  const sources = [flags.from!, flags.normalization];
  requireFilePlaces(checkpointPair(out), sources, flags.overwrite);
  const { weights, counters } = checkpoint;
  const manifest = {
    source: { name: file, sha256: digest },
    weights,
    network: taken,
    counters,
    env,
    profile,
    actor,
  };
  writeCheckpoint(out, formatCheckpoint({ network, normalization }), manifest);
  console.log(`written ${out} from ${taken}`);
}

main(() => {
  const flags = parsed();
  if (flags.help) return console.log(HELP);
  if (flags.from === undefined) throw usage("--from is missing");
  OF_CONVERSION.forEach((flag) => requireWith(flags, flag, "env"));
  const weights = flags.weights === undefined
    ? undefined
    : oneOf<Weights>("weights", ["ema", "model"], flags.weights);
  using source = openSource(flags.from);
  const checkpoint = readReferenceCheckpoint(source, weights);
  if (flags.env === undefined) return show(checkpoint);
  convert(flags, checkpoint, basename(flags.from), digestSource(source));
});
