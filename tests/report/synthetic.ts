/** Made-up runs of every study, the same on every call. */
import { environments } from "../../src/envs/mod.ts";
import { type Cell, DEFAULTS } from "../../src/experiments/cell.ts";
import { gridOf } from "../../src/experiments/grid.ts";
import { studies, type StudyName } from "../../src/experiments/studies.ts";
import { scoreOfCell } from "../../src/report/cell_score.ts";
import {
  type Evidence,
  type Logged,
  type Run,
  type StudyEvidence,
} from "../../src/report/evidence.ts";

export const SETTING = { ...DEFAULTS, budget: "short" } as const;

/** Reports read scores and the number of episodes, not the episodes. */
const EPISODE = { return: 1, bestReward: 1, steps: 4 };
const ITERATIONS = 21, EVALUATIONS = 11, EPISODES = 50;
const SCALE: Readonly<Record<string, number>> = { hopper: 1330, walker2d: 2100, halfcheetah: 4300 };

/** Between −1 and 1, without a pattern that a reader would see. */
const wobble = (...parts: readonly (string | number)[]): number => {
  const seed = [...parts.join("/")].reduce((sum, c, i) => sum + c.charCodeAt(0) * (i + 1), 0);
  return Math.sin(seed * 12.9898);
};

/** A run that gains, a little more with ADAPG, most near ω = 1.2; one with ε = 1e-12 diverges. */
export function syntheticRun(cell: Cell): Run {
  const { env, method, optimizer, variant, seed } = cell,
    { metric } = environments[env].spec,
    success = metric === "success";
  const start = success ? 0.4 : SCALE[env], omega = variant.omega ?? 1.2;
  const gain = 0.5 + (optimizer === "adapg" ? 0.2 - 0.6 * (omega - 1.2) ** 2 : 0) +
    0.12 * wobble(env, method, seed) + 0.05 * wobble(env, method, optimizer, seed);
  const score = (share: number) => {
    const value = start * (1 + gain * share + 0.02 * wobble(share, seed, optimizer, env));
    return success ? Math.round(EPISODES * Math.min(1, value)) / EPISODES : value;
  };
  const curve = Array.from(
    { length: EVALUATIONS },
    (_, i) => score(1 - Math.exp(-i / 3)),
  );
  const diverges = variant.eps === 1e-12 && seed === 1 && env === "hopper";
  const evaluation = (value: number) => ({
    score: value,
    episodes: Array.from({ length: EPISODES }, () => EPISODE),
  });
  return {
    cell,
    score: scoreOfCell(cell, {
      metric,
      pretrained: evaluation(start),
      final: diverges ? null : evaluation(score(1)),
      diverged: null,
      curve: diverges ? curve.slice(0, 4) : curve,
    }),
    divergence: diverges ? "Cannot step: gradient of mlp.0.weight[3] is NaN" : null,
    logs: Array.from({ length: ITERATIONS }, (_, iteration) => logOf(cell, iteration)),
  };
}

/** Every tenth iteration evaluates, the first and the last included, and logs no loss. */
const logOf = ({ seed, optimizer }: Cell, iteration: number): Logged =>
  iteration % 10 === 0 ? { iteration, mode: "evaluate", episodes: 1, curveReturn: 1 } : {
    iteration,
    mode: "train",
    episodes: 1,
    policyLoss: wobble(iteration, seed),
    gradNorm: 1 + wobble(seed, optimizer),
  };

/** The first `seeds` seeds of a study. */
export const syntheticStudy = (study: StudyName, seeds = 3): StudyEvidence => ({
  study,
  setting: SETTING,
  measures: [],
  runs: gridOf(studies[study], SETTING, { seeds: [0] }).flatMap((cell) =>
    Array.from({ length: seeds }, (_, seed) => syntheticRun({ ...cell, seed }))
  ),
});

/** Every study with three seeds. */
export const syntheticEvidence = (): Evidence =>
  Object.fromEntries(
    (Object.keys(studies) as StudyName[]).map((study) => [study, syntheticStudy(study)]),
  );
