/**
 * Trains the policy whose demonstrations stand in for D4RL's medium data.
 *
 * Usage: deno task source-policy --help
 *
 * @module
 */
import { dirname } from "@std/path";
import { mujocoEngines } from "../src/adapters/mujoco_engines.ts";
import { sourcePpo } from "../src/data/source_policy_ppo.ts";
import { type SourceName, sourceSettings } from "../src/data/source_settings.ts";
import { environments } from "../src/envs/mod.ts";
import { paramsToSafetensors } from "../src/provenance/params_file.ts";
import { multiStep } from "../src/rl/multi_step.ts";
import { vectorEnvironment } from "../src/rl/vector_environment.ts";
import { address, key } from "../src/rng/key.ts";
import { writeCheckpoint } from "./checkpoint_pair.ts";
import { requireWritable } from "./destination.ts";
import { main } from "./main.ts";
import { sourceFlags } from "./source_flags.ts";

const NAMES = Object.keys(sourceSettings) as SourceName[];

const fileOf = (env: string): string => `fixtures/envs/${env}/source_policy.safetensors`;

const HELP = `Train, by PPO, the policy of medium quality whose demonstrations stand in for D4RL's.

Usage: deno task source-policy --env NAME [flags]

  --env NAME  ${NAMES.join(", ")}
  --seed N    a non-negative integer (0)
  --help      this text

Stops as soon as recent episodes are good enough, with a mean return of
${NAMES.map((name) => `${sourceSettings[name].targetReturn} on ${name}`).join(", ")}.

Replaces ${fileOf("NAME")} and the .json beside it.
The same seed gives the same bytes.

Example: deno task source-policy --env hopper
Next: deno task data:generate with the same --env; deno task fixtures:list lists the new file.`;

main(() => {
  const flags = sourceFlags("source-policy", NAMES);
  if (flags === undefined) return console.log(HELP);
  const { env: name, seed } = flags, out = fileOf(name);
  requireWritable(dirname(out));
  const settings = sourceSettings[name], { targetReturn, recentEpisodes } = settings;
  const env = environments[name].open(mujocoEngines);
  const trainer = sourcePpo(vectorEnvironment(multiStep(env, 1), settings.envs), settings.hyper);
  const root = address(key(seed), "source-policy", name);
  let state = trainer.init(address(root, "init")), recent: readonly number[] = [], mean = 0;
  while (!(recent.length === recentEpisodes && mean > targetReturn)) {
    if (state.iteration === settings.maxIterations) {
      throw new Error(
        `Cannot train source policy: after ${state.iteration} iterations the mean return is ` +
          `${mean.toFixed(1)}, wanted ${targetReturn}`,
      );
    }
    const [next, finished] = trainer.iterate(state, root);
    state = next;
    recent = [...recent, ...finished].slice(-recentEpisodes);
    mean = recent.reduce((a, b) => a + b, 0) / recent.length;
    if (state.iteration % 10 === 0) {
      console.log(`iteration ${state.iteration}  mean return ${mean.toFixed(1)}`);
    }
  }
  const { hyper, envs } = settings;
  const manifest = {
    command: `deno task source-policy --env ${name} --seed ${seed}`,
    environment: name,
    seed,
    algorithm: "PPO",
    envs,
    hyper,
    targetReturn,
    recentEpisodes,
    iterations: state.iteration,
    environmentSteps: state.iteration * envs * hyper.steps,
    meanRecentReturn: mean,
  };
  writeCheckpoint(out, paramsToSafetensors(trainer.policyOf(state)), manifest);
  console.log(`${out}  mean return ${mean.toFixed(1)}`);
});
