import { assert } from "@std/assert";
import { probes } from "../../src/envs/probes/mod.ts";
import { actBySampling } from "../../src/methods/chunks.ts";
import { createMethod, type MethodName, methods } from "../../src/methods/mod.ts";
import { policyOf } from "../../src/methods/networks.ts";
import type { Policy } from "../../src/rl/policy.ts";
import { type Plan, plans, probeHypers } from "./plans.ts";
import { imitation } from "../../src/experiments/imitation.ts";
import { ARMS, meanReturn, trained } from "./trained.ts";

for (const [probe, plan] of Object.entries(plans) as [keyof typeof plans, Plan][]) {
  const { actSteps, chunks, demonstrate, startsBelow, reaches, exceptions } = plan;
  const { name } = probes[probe].spec, hypers = probeHypers(probe, actSteps);
  const pretrained = imitation(hypers.dppo, demonstrate), policy = policyOf(hypers.dppo);

  Deno.test(`the pre-trained policy has at most ${startsBelow} on ${name}`, () => {
    const sampler: Policy<undefined> = {
      recordsChain: false,
      seesFinalObservation: false,
      act: (_, observation, key, mode) =>
        actBySampling(policy, actSteps, pretrained, observation, key, mode),
    };
    const found = meanReturn(probe, sampler, undefined, hypers.dppo);
    assert(found <= startsBelow, `${found}`);
  });

  for (const method of Object.keys(methods) as MethodName[]) {
    for (const [arm, optimizer] of Object.entries(ARMS)) {
      const goal = exceptions?.[method] ?? reaches;

      Deno.test(`${method} with ${arm} reaches ${goal} on ${name}`, () => {
        const arms = { actor: optimizer, critic: optimizer };
        const learner = createMethod(method, arms, hypers[method]);
        const state = trained(probe, learner, pretrained, chunks);
        const found = meanReturn(probe, learner, state, hypers[method]);
        assert(found >= goal, `${found}`);
      });
    }
  }
}
