/**
 * Parity of the losses and samplers of the methods that learn from a replay.
 *
 * @module
 */
import { improvedActions } from "../../src/methods/action_gradient.ts";
import { criticGradient } from "../../src/methods/actor_critic.ts";
import { dawrValueGradient } from "../../src/methods/dawr.ts";
import { denoisingGradient } from "../../src/methods/denoising.ts";
import { dqlActorGradient } from "../../src/methods/dql.ts";
import { qGradient, valueGradient } from "../../src/methods/idql.ts";
import {
  bestCandidates,
  chosenActions,
  explorationWeights,
  sampleCandidates,
} from "../../src/methods/idql_candidates.ts";
import { scoreMatching } from "../../src/methods/qsm.ts";
import type { DqlHyper, QsmHyper } from "../../src/methods/replay_hyper.ts";
import { valuesOf } from "../../src/methods/critics.ts";
import type { Params } from "../../src/tensor/params.ts";
import { actionCriticOf, policyOf, valueCriticOf } from "./build_network.ts";
import type { ParityCase, ParityHandler } from "./case.ts";
import { namedLeaves, type Results, stepped, tensorOf, weightsOf } from "./case_arrays.ts";
import {
  actorCritic,
  chainNoise,
  idqlSetup,
  lossNoise,
  observationOf,
  pairs,
  sizesOf,
  transitions,
  withUnitClip,
} from "./off_policy_case.ts";

/** A loss, its gradients and the parameters after one step. */
function lossResults(
  parityCase: ParityCase,
  network: string,
  { value, grads }: { readonly value: number; readonly grads: Params },
): Results {
  const prefix = `${network}.`, old = weightsOf(parityCase, prefix);
  return {
    "out/loss": [value],
    ...namedLeaves("grad", grads, prefix),
    ...namedLeaves("new", stepped(old, grads, parityCase.config.optimizer), prefix),
  };
}

function awrCritic(parityCase: ParityCase): Results {
  const found = dawrValueGradient(
    valueCriticOf(parityCase.config.critic_v, sizesOf(parityCase)),
    weightsOf(parityCase, "critic."),
    observationOf(parityCase),
    Float32Array.from(parityCase.arrays["in/advantages"].data),
    "reference",
  );
  return lossResults(parityCase, "critic", found);
}

/** Imitation by the network of that name, weighted where the case has weights. */
const imitation = (network: string) => (parityCase: ParityCase): Results => {
  const policy = policyOf(parityCase.config, sizesOf(parityCase));
  const stored = parityCase.arrays["in/weights"], weight = stored && tensorOf(stored);
  const found = denoisingGradient(
    policy,
    weightsOf(parityCase, `${network}.`),
    { ...pairs(parityCase), weight },
    lossNoise(parityCase),
  );
  return lossResults(parityCase, network, found);
};

/** Names of the networks of a method's critic regression. */
interface CriticNames {
  readonly critic: string;
  readonly target: string;
  /** Samples the next actions. */
  readonly actor: string;
}

const sampledCritic = (names: CriticNames) => (parityCase: ParityCase): Results => {
  const setup = actorCritic(parityCase, { gamma: parityCase.config.gamma });
  const params = {
    critic: weightsOf(parityCase, `${names.critic}.`),
    criticTarget: weightsOf(parityCase, `${names.target}.`),
    actor: weightsOf(parityCase, `${names.actor}.`),
  };
  const found = criticGradient(setup, params, transitions(parityCase), chainNoise(parityCase));
  return lossResults(parityCase, names.critic, found);
};

/** Start of the names of recorded actions; the number of steps follows. */
const STEP = "out/actions_step";

function dipoActionGradient(parityCase: ParityCase): Results {
  const { config, arrays } = parityCase, { observation, action } = pairs(parityCase);
  const critic = actionCriticOf(config.critic, sizesOf(parityCase));
  const after = (steps: number) =>
    improvedActions(critic, weightsOf(parityCase, "critic."), observation, action, {
      learningRate: config.action_lr,
      steps,
      maxNorm: config.action_grad_norm ?? 0.1 * action.shape[1],
      clip: "joint",
    }).data;
  const traced = Object.keys(arrays).filter((name) => name.startsWith(STEP));
  return {
    ...Object.fromEntries(traced.map((name) => [name, after(Number(name.slice(STEP.length)))])),
    "out/guided": after(config.action_gradient_steps),
  };
}

function idqlCriticV(parityCase: ParityCase): Results {
  const params = {
    targetQ: weightsOf(parityCase, "target_q."),
    criticV: weightsOf(parityCase, "critic_v."),
  };
  const found = valueGradient(idqlSetup(parityCase), params, pairs(parityCase));
  return lossResults(parityCase, "critic_v", found);
}

function idqlCriticQ(parityCase: ParityCase): Results {
  const setup = idqlSetup(parityCase, { gamma: parityCase.config.gamma });
  const params = {
    criticQ: weightsOf(parityCase, "critic_q."),
    criticV: weightsOf(parityCase, "critic_v."),
  };
  return lossResults(parityCase, "critic_q", qGradient(setup, params, transitions(parityCase)));
}

function idqlSample(parityCase: ParityCase): Results {
  const { config, arrays } = parityCase, observation = observationOf(parityCase);
  const setup = idqlSetup(parityCase, {});
  const params = {
    actor: weightsOf(parityCase, "actor."),
    targetQ: weightsOf(parityCase, "target_q."),
  };
  const { deterministic } = config, noise = chainNoise(parityCase);
  const found = sampleCandidates(setup, params, observation, noise, deterministic);
  if (deterministic || config.use_expectile_exploration === false) {
    return { "out/action": chosenActions(found, bestCandidates(found)).data };
  }
  const value = valuesOf(setup.criticV, weightsOf(parityCase, "critic_v."), observation);
  const choice = Int32Array.from(arrays["noise/choice_index"].data);
  return {
    "out/action": chosenActions(found, choice).data,
    "out/tau_weights": explorationWeights(found, value, config.critic_hyperparam ?? 0.7).data,
  };
}

function qsmActor(parityCase: ParityCase): Results {
  const { q_grad_coeff: qGradCoeff } = parityCase.config;
  const setup = actorCritic<QsmHyper>(parityCase, { qGradCoeff });
  const params = {
    actor: weightsOf(parityCase, "actor."),
    critic: weightsOf(parityCase, "critic_q."),
  };
  const found = scoreMatching(setup, params, pairs(parityCase), lossNoise(parityCase));
  return lossResults(parityCase, "actor", found);
}

function dqlActor(parityCase: ParityCase): Results {
  const { config, arrays } = parityCase, observation = observationOf(parityCase);
  const setup = actorCritic<DqlHyper>(withUnitClip(parityCase), {
    eta: config.eta,
    fidelity: { timeLimit: "reference", cloning: "reference" },
  });
  const params = {
    actor: weightsOf(parityCase, "actor."),
    critic: weightsOf(parityCase, "critic."),
  };
  const chain = chainNoise(parityCase), unread = chain.initial;
  const found = dqlActorGradient(setup, params, { observation, action: unread }, {
    chain,
    loss: lossNoise(parityCase),
    coin: arrays["noise/coin"].data[0],
  });
  return lossResults(parityCase, "actor", found);
}

/** Handlers by case name. */
export const handlers: Record<string, ParityHandler> = {
  "awr_critic*": awrCritic,
  "rwr_loss*": imitation("network"),
  "dipo_critic*": sampledCritic({
    critic: "critic",
    target: "critic_target",
    actor: "actor_target",
  }),
  "dipo_action_gradient*": dipoActionGradient,
  "idql_critic_v*": idqlCriticV,
  "idql_critic_q*": idqlCriticQ,
  "idql_actor*": imitation("actor"),
  "idql_sample*": idqlSample,
  "qsm_critic*": sampledCritic({ critic: "critic_q", target: "target_q", actor: "actor" }),
  "qsm_actor*": qsmActor,
  "dql_critic*": sampledCritic({ critic: "critic", target: "critic_target", actor: "actor" }),
  "dql_actor*": dqlActor,
};
