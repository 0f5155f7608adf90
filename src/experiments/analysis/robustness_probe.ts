/**
 * Policies in environments other than those they were trained in.
 *
 * @module
 */
import { parseCheckpoint } from "../../data/checkpoint.ts";
import { halfcheetah } from "../../envs/halfcheetah.ts";
import { hopper } from "../../envs/hopper.ts";
import { locomotion, type LocomotionTask } from "../../envs/locomotion.ts";
import type { Engines, EnvName } from "../../envs/mod.ts";
import { type Perturbation, withDynamics, withLatency, withNoise } from "../../envs/perturbed.ts";
import { walker2d } from "../../envs/walker2d.ts";
import type { Environment } from "../../rl/environment.ts";
import { multiStep } from "../../rl/multi_step.ts";
import { type Normalization, normalized } from "../../rl/normalize.ts";
import type { Policy } from "../../rl/policy.ts";
import { evaluatePolicy, type EvaluationPlan } from "../evaluate.ts";
import type { Trial } from "../run_cell.ts";
import { scoreOf } from "../score.ts";

/** Every change, by name; `none` is where the policies were trained. Noise is in units of half the range of the data. */
export const PERTURBATIONS = {
  none: {},
  "observation noise 0.01": { observationNoise: 0.01 },
  "observation noise 0.05": { observationNoise: 0.05 },
  "action latency 1": { latency: 1 },
  "mass × 0.8": { mass: 0.8 },
  "mass × 1.2": { mass: 1.2 },
  "friction × 0.5": { friction: 0.5 },
  "friction × 1.5": { friction: 1.5 },
  "gear × 0.8": { gear: 0.8 },
  "gear × 1.2": { gear: 1.2 },
} as const satisfies Readonly<Record<string, Perturbation>>;

/** The name of a change. */
export type PerturbationName = keyof typeof PERTURBATIONS;

const TASKS: Readonly<Partial<Record<EnvName, LocomotionTask>>> = { hopper, walker2d, halfcheetah };

/**
 * An environment in normalised units with a change. Actions wait in front of the robot, noise comes after normalisation.
 *
 * @throws {RangeError} when the environment is not one of locomotion
 */
export function perturbedEnvironment(
  name: EnvName,
  engines: Engines,
  ranges: Normalization,
  change: Perturbation,
): Environment<unknown> {
  const task = TASKS[name], { latency = 0, observationNoise = 0 } = change;
  if (task === undefined) {
    const allowed = Object.keys(TASKS).join(", ");
    throw new RangeError(`Cannot perturb: found ${name}, allowed are ${allowed}`);
  }
  const other = withDynamics(task, change);
  const bare = locomotion(other, engines.locomotion.load(other.mjcf()));
  const scaled: Environment<unknown> = normalized<unknown>(
    latency === 0 ? bare : withLatency(bare, latency),
    ranges,
  );
  return observationNoise === 0 ? scaled : withNoise(scaled, observationNoise);
}

/** Where policies are evaluated, by change. */
export type PerturbedPlans = Readonly<Record<PerturbationName, EvaluationPlan<unknown>>>;

/**
 * Where a trial's policies are evaluated under every change: the same episodes, noise of policies and time limit.
 *
 * @param file of the pre-trained policy, for its units
 */
export function perturbedPlans<S, E>(
  { evaluation, pretrained }: Pick<Trial<S, E>, "evaluation" | "pretrained">,
  file: Uint8Array,
  engines: Engines,
): PerturbedPlans {
  const { env: { spec, observationSteps }, episodes, actSteps, streams } = evaluation;
  const { normalization } = parseCheckpoint(file, spec.name, pretrained.layout);
  return eachChange((name) => {
    const change = PERTURBATIONS[name];
    const env = perturbedEnvironment(spec.name as EnvName, engines, normalization, change);
    return { env: multiStep(env, observationSteps), episodes, actSteps, streams };
  });
}

/** The score of a policy under every change. */
export const scoresUnder = <S>(
  policy: Policy<S>,
  state: S,
  plans: PerturbedPlans,
): PerturbedScores =>
  eachChange((name) => {
    const plan = plans[name];
    return scoreOf(plan.env.spec.metric, evaluatePolicy(policy, state, plan));
  });

/** Scores of one policy by change. */
export type PerturbedScores = Readonly<Record<PerturbationName, number>>;

const eachChange = <T>(f: (name: PerturbationName) => T): Readonly<Record<PerturbationName, T>> =>
  Object.fromEntries(
    (Object.keys(PERTURBATIONS) as PerturbationName[]).map((name) => [name, f(name)]),
  ) as Record<PerturbationName, T>;
