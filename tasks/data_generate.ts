/**
 * Makes demonstrations and writes them as `train.npz` and `normalization.npz`: of a committed source policy for
 * locomotion, of a scripted demonstrator for manipulation.
 *
 * Usage: deno task data:generate --help
 *
 * @module
 */
import { mujocoEngines } from "../src/adapters/mujoco_engines.ts";
import { normalizationArrays, trajectoryArrays } from "../src/data/data_files.ts";
import { buildDataset, type Dataset, episodes, sumOf } from "../src/data/dataset.ts";
import { recordDemonstrations } from "../src/data/demonstrations.ts";
import { replayOf, successes } from "../src/data/demonstrators/demonstrate.ts";
import { demonstrationSets } from "../src/data/demonstrators/demonstration_sets.ts";
import { type DemonstratedName, scripts } from "../src/data/demonstrators/demonstrator.ts";
import { formatNpz } from "../src/data/formats/npz.ts";
import { gaussianPolicy } from "../src/data/gaussian_policy.ts";
import { type SourceName, sourceSettings } from "../src/data/source_settings.ts";
import { environments, type EnvName } from "../src/envs/mod.ts";
import { paramsFrom } from "../src/provenance/params_file.ts";
import { parseSafetensors } from "../src/provenance/safetensors.ts";
import { address, key } from "../src/rng/key.ts";
import { requireWritable } from "./destination.ts";
import { readBytes, writeTogether } from "./io.ts";
import { main } from "./main.ts";
import { NORMALIZATION, TRAIN } from "./pretrain_data.ts";
import { progressOnStderr } from "./progress.ts";
import { sourceFlags } from "./source_flags.ts";

/** A data set and a line about it. */
interface Made {
  readonly dataset: Dataset;
  readonly about: string;
}

/** Mean and standard deviation as text. */
function spread(values: ArrayLike<number>): string {
  const mean = (all: ArrayLike<number>) =>
    Array.from(all).reduce((sum, v) => sum + v, 0) / all.length;
  const center = mean(values), deviation = mean(Array.from(values, (v) => (v - center) ** 2));
  return `${center.toFixed(1)} ± ${Math.sqrt(deviation).toFixed(1)}`;
}

const streamOf = (name: EnvName, seed: number) => address(key(seed), "demonstrations", name);

const policyOf = (env: string): string => `fixtures/envs/${env}/source_policy.safetensors`;

/** Every step of a committed source policy, good and bad. */
function recorded(name: SourceName, seed: number): Made {
  const file = policyOf(name);
  const policy = gaussianPolicy(paramsFrom(parseSafetensors(readBytes(file), file).tensors));
  const raw = recordDemonstrations(
    environments[name].open(mujocoEngines),
    policy.sample,
    sourceSettings[name].demonstrationSteps,
    streamOf(name, seed),
  );
  const returns = episodes(raw).map((span) => sumOf(raw.rewards, span));
  return { dataset: buildDataset(raw), about: `return ${spread(returns)}` };
}

/** The successes of a scripted demonstrator. */
function demonstrated(name: DemonstratedName, seed: number): Made {
  const { episodes: count, robomimicMeanLength } = demonstrationSets[name];
  const env = environments[name].open(mujocoEngines);
  const progress = progressOnStderr(count), made = successes(env, name, streamOf(name, seed));
  const found = Array.from({ length: count }, () => {
    const success = made.next().value;
    progress.advance(`${success.attempts} attempts`);
    return success;
  });
  progress.close();
  const demonstrations = found.map(({ demonstration }) => demonstration);
  const { attempts } = found[count - 1];
  const dataset = buildDataset(replayOf(demonstrations), Infinity, true);
  const lengths = spread(dataset.train.trajLengths);
  const about = `length ${lengths} (robomimic's multi-human data ${robomimicMeanLength}), ` +
    `${count} successes in ${attempts} attempts`;
  return { dataset, about };
}

const isDemonstrated = (name: EnvName): name is DemonstratedName => Object.hasOwn(scripts, name);

const NAMES = [
  ...Object.keys(sourceSettings) as SourceName[],
  ...Object.keys(scripts) as DemonstratedName[],
];

const folderOf = (env: string): string => `.work/data/${env}`;

/** What is recorded of each environment, a line each. */
const amounts = (): string =>
  NAMES.map((name) =>
    `  ${name.padEnd(12)}${
      isDemonstrated(name)
        ? `${demonstrationSets[name].episodes} successes of a scripted demonstrator`
        : `${sourceSettings[name].demonstrationSteps} steps of its source policy`
    }`
  ).join("\n");

const HELP = `Make the demonstrations that policies are pre-trained on.

Usage: deno task data:generate --env NAME [flags]

  --env NAME  one of those below
  --seed N    a non-negative integer (0)
  --help      this text

What is recorded:
${amounts()}

A source policy is read from ${policyOf("NAME")}.
Replaces train.npz and normalization.npz in ${folderOf("NAME")}. The same seed gives the same bytes.

Example: deno task data:generate --env hopper
Next: deno task pretrain with the same --env, which reads that folder.`;

main(() => {
  const flags = sourceFlags("data:generate", NAMES);
  if (flags === undefined) return console.log(HELP);
  const { env: name, seed } = flags, folder = folderOf(name);
  requireWritable(folder);
  const { dataset: { train, normalization }, about } = isDemonstrated(name)
    ? demonstrated(name, seed)
    : recorded(name, seed);
  writeTogether(folder, {
    [TRAIN]: formatNpz(trajectoryArrays(train), { compress: true }),
    [NORMALIZATION]: formatNpz(normalizationArrays(normalization)),
  });
  const { trajLengths, rewards } = train;
  console.log(`${folder}: ${trajLengths.length} trajectories, ${rewards.length} steps, ${about}`);
});
