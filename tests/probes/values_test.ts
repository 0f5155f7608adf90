import { assertAlmostEquals } from "@std/assert";
import { smallerQ, valuesOf } from "../../src/methods/critics.ts";
import type { CriticHyper, MethodHyper } from "../../src/methods/hyper.ts";
import { createMethod, type HyperOf, type MethodName, methods } from "../../src/methods/mod.ts";
import { actionCritic, valueCritic } from "../../src/methods/networks.ts";
import type { OptimizerState } from "../../src/optim/optimizer.ts";
import type { Floats } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/tensor.ts";
import { probeHypers } from "./plans.ts";
import { imitation } from "../../src/experiments/imitation.ts";
import { ARMS, trained } from "./trained.ts";

const GAMMA = 0.5, VALUE = 1 / (1 - GAMMA);
const tuned = probeHypers("constantReward", 1);

/** γ = ½ throughout; the reference's DAWR would discount by 0.99 (quirk Q4). */
const hypers: { readonly [N in MethodName]: HyperOf<N> } = {
  dppo: { ...tuned.dppo, gamma: GAMMA, rewardScaleRunning: false },
  dipo: { ...tuned.dipo, gamma: GAMMA },
  idql: { ...tuned.idql, gamma: GAMMA },
  dawr: {
    ...tuned.dawr,
    gamma: GAMMA,
    fidelity: { ...tuned.dawr.fidelity, tdDiscount: "corrected" },
  },
  qsm: { ...tuned.qsm, gamma: GAMMA },
  dql: { ...tuned.dql, gamma: GAMMA },
};

const observation = tensor([3, 1], [0, 0, 0]), action = tensor([3, 1], [-0.5, 0, 0.5]);

const v = (hyper: MethodHyper, critic: CriticHyper, { theta }: OptimizerState): Floats =>
  valuesOf(valueCritic(hyper, critic), theta, observation);
const q = (hyper: MethodHyper, critic: CriticHyper, { theta }: OptimizerState): Floats =>
  smallerQ(actionCritic(hyper, critic), theta, observation, action);

type Critics = Readonly<Record<"critic" | "criticQ" | "criticV", OptimizerState>>;

/** What a method's critics say. */
const judgements: { readonly [N in MethodName]: (state: Critics) => Floats } = {
  dppo: ({ critic }) => v(hypers.dppo, hypers.dppo.critic, critic),
  dipo: ({ critic }) => q(hypers.dipo, hypers.dipo.critic, critic),
  idql: ({ criticV, criticQ }) =>
    Float32Array.of(
      ...v(hypers.idql, hypers.idql.criticV, criticV),
      ...q(hypers.idql, hypers.idql.criticQ, criticQ),
    ),
  dawr: ({ critic }) => v(hypers.dawr, hypers.dawr.critic, critic),
  qsm: ({ critic }) => q(hypers.qsm, hypers.qsm.critic, critic),
  dql: ({ critic }) => q(hypers.dql, hypers.dql.critic, critic),
};

const pretrained = imitation(hypers.dppo, ([z]) => [z]);

for (const method of Object.keys(methods) as MethodName[]) {
  for (const [arm, optimizer] of Object.entries(ARMS)) {
    Deno.test(`${method} with ${arm} values a reward of 1 for ever at 1 / (1 − γ)`, () => {
      const arms = { actor: optimizer, critic: optimizer };
      const learner = createMethod(method, arms, hypers[method]);
      const state = trained("constantReward", learner, pretrained, 4) as Critics;
      for (const value of judgements[method](state)) assertAlmostEquals(value, VALUE, 0.1);
    });
  }
}
