import { assert, assertEquals } from "@std/assert";
import { mujocoEngines } from "../../src/adapters/mujoco_engines.ts";
import { parseCheckpoint } from "../../src/data/checkpoint.ts";
import { recordDemonstrations } from "../../src/data/demonstrations.ts";
import { gaussianPolicy } from "../../src/data/gaussian_policy.ts";
import { actorConfig } from "../../src/data/pretrain_settings.ts";
import { type SourceName, sourceSettings } from "../../src/data/source_settings.ts";
import { environments } from "../../src/envs/mod.ts";
import { actorNetwork } from "../../src/nn/actor.ts";
import { sha256 } from "../../src/provenance/digest.ts";
import { paramsFrom } from "../../src/provenance/params_file.ts";
import { parseSafetensors } from "../../src/provenance/safetensors.ts";
import { encode } from "../../src/provenance/stored_tensor.ts";
import { address, key } from "../../src/rng/key.ts";
import { layoutOf } from "../../src/tensor/params.ts";

/** Digests of the first 500 observations that `deno task data:generate` records, as float32. */
const FIRST_ROWS: Readonly<Record<SourceName, string>> = {
  hopper: "16f01819741cc87e6d03b27f536fc069844bf528f590b27ca47e0b1747f767e2",
  walker2d: "118518622c164c7bb382b4665e3811ceb3ac1905820b41eca5393936673dd21d",
  halfcheetah: "999f1782ee43f622807301370d9d8649af58cb68114d4ad6c1a56010009acb99",
};

const fixture = (path: string): Uint8Array =>
  Deno.readFileSync(new URL(`../../fixtures/${path}`, import.meta.url));

for (const name of Object.keys(sourceSettings) as SourceName[]) {
  const { spec, open } = environments[name];

  Deno.test(`${name}: the committed source policy regenerates its demonstrations bit for bit`, () => {
    const file = `envs/${name}/source_policy.safetensors`;
    const policy = gaussianPolicy(paramsFrom(parseSafetensors(fixture(file), file).tensors));
    const stream = address(key(0), "demonstrations", name);
    const { observations } = recordDemonstrations(open(mujocoEngines), policy.sample, 500, stream);
    assertEquals(sha256(encode(observations.data as Float32Array)), FIRST_ROWS[name]);
  });

  Deno.test(`${name}: the committed checkpoint is of the compact actor and its environment`, () => {
    const leaves = actorNetwork(actorConfig(spec, "compact")).leaves;
    const layout = layoutOf(leaves.map((leaf) => [leaf.name, leaf.shape]));
    const file = `checkpoints/${name}/compact.safetensors`;
    const { network, normalization } = parseCheckpoint(fixture(file), file, layout);
    assert(network.data.every(Number.isFinite));
    assertEquals(normalization.observationMin.length, spec.observationSize);
    assertEquals(normalization.actionMax.length, spec.actionSize);
  });
}
