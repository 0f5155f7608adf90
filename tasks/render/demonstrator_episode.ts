/**
 * Episodes of what makes the demonstrations.
 *
 * @module
 */
import { demonstrate } from "../../src/data/demonstrators/demonstrate.ts";
import { type DemonstratedName, scripts } from "../../src/data/demonstrators/demonstrator.ts";
import { drawStyle } from "../../src/data/demonstrators/style.ts";
import { gaussianPolicy } from "../../src/data/gaussian_policy.ts";
import { type Engines, environments, type EnvName } from "../../src/envs/mod.ts";
import { paramsFrom } from "../../src/provenance/params_file.ts";
import { parseSafetensors } from "../../src/provenance/safetensors.ts";
import { address, key } from "../../src/rng/key.ts";
import { readBytes } from "../io.ts";

/** Plays a scripted demonstration, or an episode of the source policy; returns the sum of its rewards. */
export function playDemonstrator(name: EnvName, engines: Engines, episode: number): number {
  const env = environments[name].open(engines), root = address(key(0), "film", name, episode);
  if (isScripted(name)) {
    const { rewards } = demonstrate(env, name, drawStyle(address(root, "style")), root);
    return rewards.reduce((sum, r) => sum + r, 0);
  }
  const file = `fixtures/envs/${name}/source_policy.safetensors`;
  const policy = gaussianPolicy(paramsFrom(parseSafetensors(readBytes(file), file).tensors));
  let { state, observation } = env.reset(address(root, "reset")), total = 0;
  for (let step = 0, done = false; !done && step < env.spec.maxEpisodeSteps; step++) {
    const next = env.step(state, policy.sample(observation, address(root, "act", step)));
    ({ state, observation, done } = next);
    total += next.reward;
  }
  return total;
}

const isScripted = (name: EnvName): name is DemonstratedName => Object.hasOwn(scripts, name);
