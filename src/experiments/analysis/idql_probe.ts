/**
 * Where IDQL's score comes from: its actor, its critic's choice, and how much either differs between two arms.
 *
 * @module
 */
import { drawNoise } from "../../diffusion/noise.ts";
import { actBySampling } from "../../methods/chunks.ts";
import type { IdqlSetup, IdqlState } from "../../methods/idql.ts";
import { bestCandidates, sampleCandidates } from "../../methods/idql_candidates.ts";
import { actionCritic, policyOf, valueCritic } from "../../methods/networks.ts";
import type { IdqlHyper } from "../../methods/replay_hyper.ts";
import type { Policy } from "../../rl/policy.ts";
import { address, key } from "../../rng/key.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Trial } from "../run_cell.ts";
import { scoreOf } from "../score.ts";
import { type CandidateEvidence, candidateEvidence, type Choices } from "./candidate_evidence.ts";
import { type UpdateNorm, updateNorms } from "./update_norms.ts";
import { evaluateAndWatch, stacked, thinned } from "./visited.ts";

/** Two arms that share a seed. */
export const IDQL_ARMS = ["adamw", "adapg"] as const;
export type IdqlArm = typeof IDQL_ARMS[number];

/** Whose samples, and whose target critic chooses among them; with `none` a single sample is executed. */
export const ACTORS = ["pretrained", ...IDQL_ARMS] as const;
export const CHOOSERS = ["none", ...IDQL_ARMS] as const;
export type Actor = typeof ACTORS[number];
export type Chooser = typeof CHOOSERS[number];

type PerArm<T> = Readonly<Record<IdqlArm, T>>;
type PerActor<T> = Readonly<Record<Actor, T>>;

/** Observations taken from the evaluation episodes of each of three policies. */
const OBSERVATIONS = 256;

/** What a pair of trained arms shows. */
export interface IdqlEvidence {
  readonly norms: PerArm<Readonly<Record<string, UpdateNorm>>>;
  /** Candidates of each observation. */
  readonly candidates: number;
  readonly observations: number;
  /** By whose actor sampled the candidates. */
  readonly choices: PerActor<CandidateEvidence>;
  /** Evaluation score by actor and chooser. */
  readonly scores: PerActor<Readonly<Record<Chooser, number>>>;
}

/** The networks of a configuration. */
const idqlSetup = (hyper: IdqlHyper): IdqlSetup => ({
  hyper,
  policy: policyOf(hyper),
  criticQ: actionCritic(hyper, hyper.criticQ),
  criticV: valueCritic(hyper, hyper.criticV),
});

/**
 * Measures a pair. Every policy meets the same evaluation episodes with the same noise, and both critics judge the
 * same candidates, on observations of the pre-trained policy and of both arms in equal parts.
 *
 * @param trial of either arm: what is used of it is the same for both
 */
export function idqlProbe<E>(
  trial: Trial<IdqlState, E>,
  hyper: IdqlHyper,
  arms: PerArm<IdqlState>,
): IdqlEvidence {
  const setup = idqlSetup(hyper), { method, evaluation } = trial;
  const initial = method.init(trial.pretrained, trial.streams.init);
  const states: PerActor<IdqlState> = { pretrained: initial, ...arms };
  const watched = eachPair((actor, chooser) => {
    const policy = chooser === "none" ? withoutChoice(setup) : method;
    const judge = states[chooser === "none" ? actor : chooser];
    return evaluateAndWatch(policy, { ...judge, actor: states[actor].actor }, evaluation);
  });
  const own = [watched.pretrained.none, watched.adamw.adamw, watched.adapg.adapg];
  const seen = stacked(own.map(({ observations }) => thinned(observations, OBSERVATIONS)));
  const { metric } = trial.env.spec;
  return {
    norms: perArm((arm) => updateNorms(initial, arms[arm])),
    candidates: hyper.evalSampleNum,
    observations: seen.shape[0],
    choices: perActor((actor) =>
      candidateEvidence(perArm((arm) => choicesOf(setup, states[actor], arms[arm], seen)))
    ),
    scores: eachPair((actor, chooser) => scoreOf(metric, watched[actor][chooser].episodes)),
  };
}

const perArm = <T>(f: (arm: IdqlArm) => T): PerArm<T> => ({
  adamw: f("adamw"),
  adapg: f("adapg"),
});

const perActor = <T>(f: (actor: Actor) => T): PerActor<T> => ({
  pretrained: f("pretrained"),
  ...perArm(f),
});

const eachPair = <T>(
  f: (actor: Actor, chooser: Chooser) => T,
): PerActor<Readonly<Record<Chooser, T>>> =>
  perActor((actor) => ({ none: f(actor, "none"), ...perArm((arm) => f(actor, arm)) }));

/** The actor's first sample, whatever the critics say. */
const withoutChoice = ({ policy, hyper: { actSteps } }: IdqlSetup): Policy<IdqlState> => ({
  recordsChain: false,
  seesFinalObservation: false,
  act: ({ actor }, observation, key, mode) =>
    actBySampling(policy, actSteps, actor.theta, observation, key, mode),
});

/** What one critic thinks of the candidates of an actor, whose noise depends on the environment's observations only. */
function choicesOf(
  setup: IdqlSetup,
  { actor }: IdqlState,
  { targetQ }: IdqlState,
  seen: Tensor,
): Choices {
  const rows = seen.shape[0] * setup.hyper.evalSampleNum;
  const noise = drawNoise(setup.policy, address(key(0), "analysis", "candidates"), rows);
  const found = sampleCandidates(setup, { actor: actor.theta, targetQ }, seen, noise, true);
  return { q: found.q, best: bestCandidates(found) };
}
