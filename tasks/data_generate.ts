/**
 * Records demonstrations of a committed source policy and writes them as `train.npz` and `normalization.npz`.
 *
 * Usage: deno task data:generate --env hopper [--seed 0]
 *
 * @module
 */
import { mujocoEngines } from "../src/adapters/mujoco_engines.ts";
import { normalizationArrays, trajectoryArrays } from "../src/data/data_files.ts";
import { buildDataset, episodes, sumOf } from "../src/data/dataset.ts";
import { recordDemonstrations } from "../src/data/demonstrations.ts";
import { formatNpz } from "../src/data/formats/npz.ts";
import { gaussianPolicy } from "../src/data/gaussian_policy.ts";
import { sourceSettings } from "../src/data/source_settings.ts";
import { environments } from "../src/envs/mod.ts";
import { paramsFrom } from "../src/provenance/params_file.ts";
import { parseSafetensors } from "../src/provenance/safetensors.ts";
import { address, key } from "../src/rng/key.ts";
import { readBytes, write } from "./io.ts";
import { main } from "./main.ts";
import { sourceFlags } from "./source_flags.ts";

main(() => {
  const { env: name, seed } = sourceFlags("data:generate");
  const file = `fixtures/envs/${name}/source_policy.safetensors`;
  const policy = gaussianPolicy(paramsFrom(parseSafetensors(readBytes(file), file).tensors));
  const raw = recordDemonstrations(
    environments[name].open(mujocoEngines),
    policy.sample,
    sourceSettings[name].demonstrationSteps,
    address(key(seed), "demonstrations", name),
  );
  const { train, normalization } = buildDataset(raw), folder = `.work/data/${name}`;
  write(`${folder}/train.npz`, formatNpz(trajectoryArrays(train), { compress: true }));
  write(`${folder}/normalization.npz`, formatNpz(normalizationArrays(normalization)));
  const returns = episodes(raw).map((span) => sumOf(raw.rewards, span));
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const center = mean(returns), spread = Math.sqrt(mean(returns.map((r) => (r - center) ** 2)));
  console.log(
    `${folder}: ${train.trajLengths.length} trajectories, ${train.rewards.length} transitions, ` +
      `return ${center.toFixed(1)} ± ${spread.toFixed(1)}`,
  );
});
