/**
 * Parity of the update phases of DAWR, DIPO and IDQL, with every draw recorded.
 *
 * @module
 */
import { dawrUpdate } from "../../src/methods/dawr.ts";
import { dawrTargets } from "../../src/methods/dawr_targets.ts";
import { dipoStep } from "../../src/methods/dipo.ts";
import { idqlStep } from "../../src/methods/idql.ts";
import type { DawrHyper, DipoHyper, IdqlHyper } from "../../src/methods/replay_hyper.ts";
import { advantageWeights } from "../../src/rl/advantage_weight.ts";
import { heldSegments, withOwnActions } from "../../src/rl/replay.ts";
import { policyOf, valueCriticOf } from "./build_network.ts";
import type { ParityCase, ParityHandler } from "./case.ts";
import { type Results, weightsOf } from "./case_arrays.ts";
import { actorCritic, idqlSetup, partialHyper, sizesOf } from "./off_policy_case.ts";
import { learnerOf, news, replayOf, run } from "./off_policy_update_case.ts";
import { DrawQueue } from "./recorded_draws.ts";

const reference = "reference" as const;

function awrUpdate(parityCase: ParityCase): Results {
  const { config } = parityCase, { agent } = config, sizes = sizesOf(parityCase);
  const hyper = partialHyper<DawrHyper>({
    nEnvs: agent.n_envs,
    gamma: agent.gamma,
    beta: agent.beta,
    maxAdvWeight: agent.max_adv_weight,
    fidelity: {
      timeLimit: reference,
      criticPairing: reference,
      criticIndices: reference,
      tdDiscount: reference,
      tdEnds: reference,
    },
  });
  const critic = valueCriticOf(config.critic_v, sizes);
  const setup = { hyper, policy: policyOf(config, sizes), critic };
  const { learner, start } = learnerOf(parityCase), queue = new DrawQueue(parityCase);
  const count = Math.floor(agent.n_steps * agent.n_envs / agent.batch_size * agent.replay_ratio);
  const criticCount = Math.floor(count / agent.critic_update_ratio);
  const criticDraws = Array.from({ length: criticCount }, () => queue.integers("choice"));
  const actorDraws = [...queue.all((q) => ({
    indices: q.integers("choice"),
    loss: { t: q.integers("randint"), noise: q.normal() },
  }))];
  const replay = replayOf(parityCase);
  const state = { actor: start("actor", "actor."), critic: start("critic", "critic."), replay };
  const steps = [...dawrUpdate(setup, learner, state, { critic: criticDraws, actor: actorDraws })];
  const last = steps[steps.length - 1].state;
  const [before, after] = [state, last].map((s) =>
    dawrTargets(hyper, critic, s.critic.theta, replay)
  );
  const losses = (name: string) => steps.flatMap(({ terms }) => terms[name] ?? []);
  const weights = actorDraws.map(({ indices }) =>
    advantageWeights(Array.from(indices, (i) => after.advantage[i]), hyper.beta, hyper.maxAdvWeight)
  );
  return {
    "out/actor_losses": losses("actorLoss"),
    "out/critic_losses": losses("criticLoss"),
    "out/td_lambda": [...before.target, ...after.target],
    "out/weights": weights.flatMap((w) => [...w]),
    ...news({ actor: last.actor.theta, critic: last.critic.theta }),
  };
}

function dipoUpdate(parityCase: ParityCase): Results {
  const { agent } = parityCase.config;
  const setup = actorCritic<DipoHyper>(parityCase, {
    gamma: agent.gamma,
    actionLr: agent.action_lr,
    actionGradientSteps: agent.action_gradient_steps,
    targetEmaRate: agent.target_ema_rate,
    fidelity: { timeLimit: reference, actionClip: reference, writeBack: reference },
  });
  const { learner, start } = learnerOf(parityCase), steps = setup.policy.process.steps.length;
  const state = {
    actor: start("actor", "actor."),
    actorTarget: weightsOf(parityCase, "actor_target."),
    critic: start("critic", "critic."),
    criticTarget: weightsOf(parityCase, "critic_target."),
    replay: withOwnActions(replayOf(parityCase)),
  };
  const draws = new DrawQueue(parityCase).all((q) => ({
    criticIndices: q.integers("choice"),
    next: q.chain(steps),
    actorIndices: q.integers("choice"),
    loss: { t: q.integers("randint"), noise: q.normal() },
  }));
  const { last, losses } = run(state, draws, (s, d) => dipoStep(setup, learner, s, d));
  return {
    "out/actor_losses": losses("actorLoss"),
    "out/critic_losses": losses("criticLoss"),
    "out/buf_actions_after": heldSegments(last.replay)[0].action.data,
    ...news({
      actor: last.actor.theta,
      actor_target: last.actorTarget,
      critic: last.critic.theta,
      critic_target: last.criticTarget,
    }),
  };
}

function idqlUpdate(parityCase: ParityCase): Results {
  const { agent } = parityCase.config;
  const setup = idqlSetup(
    parityCase,
    { gamma: agent.gamma, criticTau: agent.critic_tau } satisfies Partial<IdqlHyper>,
  );
  const { learner, start } = learnerOf(parityCase);
  const state = {
    actor: start("actor", "actor."),
    criticQ: start("critic", "critic_q."),
    targetQ: weightsOf(parityCase, "target_q."),
    criticV: start("critic", "critic_v."),
    replay: replayOf(parityCase),
  };
  const draws = new DrawQueue(parityCase).all((q) => ({
    indices: q.integers("choice"),
    loss: { t: q.integers("randint"), noise: q.normal() },
  }));
  const { last, losses } = run(state, draws, (s, d) => idqlStep(setup, learner, s, d));
  return {
    "out/actor_losses": losses("actorLoss"),
    "out/critic_losses": losses("criticLoss"),
    "out/critic_v_losses": losses("valueLoss"),
    ...news({
      actor: last.actor.theta,
      critic_q: last.criticQ.theta,
      target_q: last.targetQ,
      critic_v: last.criticV.theta,
    }),
  };
}

/** Handlers by case name. */
export const handlers: Record<string, ParityHandler> = {
  "awr_update*": awrUpdate,
  "dipo_update*": dipoUpdate,
  "idql_update*": idqlUpdate,
};
