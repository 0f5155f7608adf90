/**
 * Parity of the update phases of QSM and DQL, with every draw recorded.
 *
 * @module
 */
import { type ActorCriticSetup, actorCriticStep } from "../../src/methods/actor_critic.ts";
import { dqlActorGradient, type DqlDraw, type DqlState, dqlStep } from "../../src/methods/dql.ts";
import type { Learner } from "../../src/methods/learner.ts";
import type { Step } from "../../src/methods/method.ts";
import { qsmStep } from "../../src/methods/qsm.ts";
import type { DqlHyper, QsmHyper } from "../../src/methods/replay_hyper.ts";
import type { ParityCase, ParityHandler } from "./case.ts";
import { type Results, weightsOf } from "./case_arrays.ts";
import { actorCritic, withUnitClip } from "./off_policy_case.ts";
import { learnerOf, news, replayOf, run } from "./off_policy_update_case.ts";
import { DrawQueue } from "./recorded_draws.ts";

/** An actor, a critic and its target, one set of draws per minibatch. */
function actorCriticUpdate<D>(
  parityCase: ParityCase,
  names: { readonly critic: string; readonly target: string },
  draw: (queue: DrawQueue) => D,
  step: (learner: Learner, state: DqlState, draw: D) => Step<DqlState>,
): Results {
  const { learner, start } = learnerOf(parityCase);
  const state = {
    actor: start("actor", "actor."),
    critic: start("critic", `${names.critic}.`),
    criticTarget: weightsOf(parityCase, `${names.target}.`),
    replay: replayOf(parityCase),
  };
  const draws = new DrawQueue(parityCase).all(draw);
  const { last, losses } = run(state, draws, (s, d) => step(learner, s, d));
  return {
    "out/actor_losses": losses("actorLoss"),
    "out/critic_losses": losses("criticLoss"),
    ...news({
      actor: last.actor.theta,
      [names.critic]: last.critic.theta,
      [names.target]: last.criticTarget,
    }),
  };
}

function qsmUpdate(parityCase: ParityCase): Results {
  const { agent } = parityCase.config;
  const setup = actorCritic<QsmHyper>(parityCase, {
    gamma: agent.gamma,
    criticTau: agent.critic_tau,
    qGradCoeff: agent.q_grad_coeff,
  });
  const steps = setup.policy.process.steps.length;
  const draw = (q: DrawQueue) => {
    const indices = q.integers("choice"), next = q.chain(steps), noise = q.normal();
    return { indices, next, loss: { noise, t: q.integers("randint") } };
  };
  return actorCriticUpdate(
    parityCase,
    { critic: "critic_q", target: "target_q" },
    draw,
    (learner, state, d) => qsmStep(setup, learner, state, d),
  );
}

/** A step of DQL, whose actor is trained through a sampler with another bound on finished chunks. */
function dqlUpdateStep(
  setup: ActorCriticSetup<DqlHyper>,
  differentiated: ActorCriticSetup<DqlHyper>,
  learner: Learner,
  state: DqlState,
  draw: DqlDraw,
): Step<DqlState> {
  if (setup.policy.finalActionClipValue === differentiated.policy.finalActionClipValue) {
    return dqlStep(setup, learner, state, draw);
  }
  return actorCriticStep(setup, learner, state, draw, {
    targetRate: setup.hyper.targetEmaRate,
    actorGradient: (params, batch) => dqlActorGradient(differentiated, params, batch, draw),
  });
}

function dqlUpdate(parityCase: ParityCase): Results {
  const { agent } = parityCase.config;
  const hyper: Partial<DqlHyper> = {
    gamma: agent.gamma,
    eta: agent.eta,
    targetEmaRate: agent.target_ema_rate,
    fidelity: { timeLimit: "reference", cloning: "reference" },
  };
  const setup = actorCritic<DqlHyper>(parityCase, hyper);
  const differentiated = actorCritic<DqlHyper>(withUnitClip(parityCase), hyper);
  const steps = setup.policy.process.steps.length;
  const draw = (q: DrawQueue) => ({
    indices: q.integers("choice"),
    next: q.chain(steps),
    chain: q.chain(steps),
    loss: { t: q.integers("randint"), noise: q.normal() },
    coin: q.take("uniform").data[0],
  });
  return actorCriticUpdate(
    parityCase,
    { critic: "critic", target: "critic_target" },
    draw,
    (learner, state, d) => dqlUpdateStep(setup, differentiated, learner, state, d),
  );
}

/** Handlers by case name. */
export const handlers: Record<string, ParityHandler> = {
  "qsm_update*": qsmUpdate,
  "dql_update*": dqlUpdate,
};
