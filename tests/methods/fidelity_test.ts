import { assertEquals, assertNotEquals } from "@std/assert";
import { pointMass } from "../../src/envs/probes/point_mass.ts";
import { createMethod, type MethodName, methods } from "../../src/methods/mod.ts";
import { adamw } from "../../src/optim/adamw.ts";
import { digestOf } from "../../src/provenance/digest.ts";
import { snapshot } from "../../src/provenance/snapshot.ts";
import { multiStep } from "../../src/rl/multi_step.ts";
import { collectRollout, type RolloutState } from "../../src/rl/rollout.ts";
import { vectorEnvironment } from "../../src/rl/vector_environment.ts";
import { address, key } from "../../src/rng/key.ts";
import { tinyHypers, untrained } from "./tiny.ts";

/** Every episode is cut by a time limit that the reference also reports as termination. */
const timed = { ...pointMass, spec: { ...pointMass.spec, timeLimit: "gym" as const } };
const env = vectorEnvironment(multiStep(timed, 1), 4);
const tiny = tinyHypers({ condDim: 1, actSteps: 2, nEnvs: 4 });
/** Minibatches large enough for DIPO's joint gradient to exceed its bound. */
const hypers = { ...tiny, dipo: { ...tiny.dipo, batchSize: 128, replayRatio: 16 } };

/** The digest of everything after two iterations with some quirks corrected. */
function outcome(name: MethodName, corrected: Readonly<Record<string, string>>): string {
  const hyper = { ...hypers[name], fidelity: { ...hypers[name].fidelity, ...corrected } };
  const optimizer = adamw({ learningRate: 1e-3 });
  const method = createMethod(name, { actor: optimizer, critic: optimizer }, hyper as never);
  let state = method.init(untrained(hyper), key(1)), from: RolloutState | undefined;
  for (const iteration of [1, 2]) {
    const { rollout, next } = collectRollout(method, state, env, from, {
      iteration,
      chunks: 5,
      mode: "explore",
      resetKey: address(key(2), iteration),
      actKey: address(key(3), iteration),
    });
    [state] = method.update(state, rollout, address(key(4), iteration));
    from = next;
  }
  return digestOf(snapshot(state).tree);
}

for (const name of Object.keys(methods) as MethodName[]) {
  const reference = outcome(name, {});
  for (const quirk of Object.keys(hypers[name].fidelity)) {
    Deno.test(`${name}: correcting ${quirk} alone changes what is learned`, () => {
      assertEquals(outcome(name, { [quirk]: "reference" }), reference);
      assertNotEquals(outcome(name, { [quirk]: "corrected" }), reference);
    });
  }
}
