import { assert, assertEquals } from "@std/assert";
import golden from "../../fixtures/golden/hyperparameters.json" with { type: "json" };
import { environments, type EnvName } from "../../src/envs/mod.ts";
import { configure } from "../../src/experiments/hyperparameters.ts";
import { loopOf, trainingIterations } from "../../src/experiments/shared_hyperparameters.ts";
import { type MethodName, methods } from "../../src/methods/mod.ts";

type Tree = { readonly [name: string]: unknown };

/** Nothing here has a counterpart: we save every iteration, IDQL's two switches are always on, decay is always 0. */
const WITHOUT_COUNTERPART = [
  "train.save_model_freq",
  "train.eval_deterministic",
  "train.use_expectile_exploration",
  "train.actor_weight_decay",
  "train.critic_weight_decay",
];

/** Where our configuration keeps what the reference calls by another name; the first rule that fits counts. */
const RENAMED: readonly (readonly [name: RegExp, place: string])[] = [
  // A critic's inputs follow from the actor's.
  [/^model\.critic(_q|_v)?\.(cond_dim|action_dim)$/, "actor.$2"],
  [/^model\.critic(_q)?\.action_steps$/, "act_steps"],
  [/^(model\.)?obs_dim$/, "spec.observation_size"],
  [/^env\.max_episode_steps$/, "spec.max_episode_steps"],
  [/^(model\.)?(action_dim|horizon_steps)$/, "actor.$2"],
  [/^(model\.)?(denoising_steps|randn_clip_value|min_\w+_std)$/, "diffusion.$2"],
  [/^train\.(actor|critic)_lr$/, "$1_lr.lr"],
  [/^train\.(actor|critic)_lr_scheduler\./, "$1_lr."],
  [/^(train|env|model)\./, ""],
];

function placeOf(name: string): string {
  const rule = RENAMED.find(([pattern]) => pattern.test(name));
  return (rule ? name.replace(...rule) : name).replace(/_(\w)/g, (_, c) => c.toUpperCase());
}

const at = (tree: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((node, name) => (node as Tree | undefined)?.[name], tree);

/** Everything that configures a method on an environment at the reference's size. */
function paper(method: MethodName, env: EnvName): Tree {
  const { spec } = environments[env], { hyper } = configure(method, spec, "paper", "reference");
  return {
    ...hyper,
    ...loopOf(spec, "paper", "reference"),
    nTrainItr: trainingIterations(spec, method),
    condSteps: hyper.actor.condDim / spec.observationSize,
    spec,
  };
}

/** The methods that the reference has. */
const REFERENCE = Object.keys(golden.methods) as (keyof typeof golden.methods)[];

for (const method of REFERENCE) {
  Deno.test(`the paper profile of ${method} is the reference's on every environment`, () => {
    let compared = 0;
    golden.environments.forEach((env, i) => {
      const ours = paper(method, env as EnvName);
      for (const [name, values] of Object.entries(golden.methods[method])) {
        const value = Array.isArray(values) ? values[i] : values;
        if (value === null || WITHOUT_COUNTERPART.includes(name)) continue;
        // Quirk Q1: a Q critic's residual_style has no effect.
        const isQ = /^model\.critic(_q)?\.residual_style$/.test(name) && method !== "dppo" &&
          method !== "dawr";
        assertEquals(at(ours, placeOf(name)), isQ ? false : value, `${name} on ${env}`);
        compared++;
      }
    });
    assert(compared > 200, `${compared}`);
  });
}

for (const method of Object.keys(methods) as MethodName[]) {
  Deno.test(`the compact profile of ${method} has the reference's structure`, () => {
    for (const { spec } of Object.values(environments)) {
      const compact = configure(method, spec, "compact", "reference").hyper;
      const reference = configure(method, spec, "paper", "reference").hyper;
      assertEquals(Object.keys(compact), Object.keys(reference));
      assertEquals(compact.diffusion, reference.diffusion);
      assertEquals([compact.actSteps, compact.gamma], [reference.actSteps, reference.gamma]);
    }
  });
}
