import { assert, assertEquals } from "@std/assert";
import { sourcePpo } from "../../src/data/source_policy_ppo.ts";
import { probes } from "../../src/envs/probes/mod.ts";
import { multiStep } from "../../src/rl/multi_step.ts";
import { vectorEnvironment } from "../../src/rl/vector_environment.ts";
import { key } from "../../src/rng/key.ts";
import { mean } from "../../src/stats/moments.ts";

const trainer = sourcePpo(vectorEnvironment(multiStep(probes.pointMass, 1), 8), {
  steps: 32,
  epochs: 4,
  batchSize: 64,
  learningRate: 3e-3,
  gamma: 0.9,
  lambda: 0.95,
  clip: 0.2,
  maxGradNorm: 0.5,
  logStd: -0.5,
});

/** The policy and the mean return of the last iteration's episodes. */
function trained(iterations: number) {
  let state = trainer.init(key(0)), returns: readonly number[] = [];
  for (let i = 0; i < iterations; i++) [state, returns] = trainer.iterate(state, key(1));
  return { policy: trainer.policyOf(state), score: mean(returns) };
}

Deno.test("sourcePpo() brings the point mass to its goal", () => {
  // Standing still scores −3, the best policy −1/8.
  const { score } = trained(15);
  assert(score > -1, `found ${score}`);
});

Deno.test("the same keys train the same policy", () => {
  assertEquals(trained(2), trained(2));
});
