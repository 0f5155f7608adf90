/**
 * All that a report is made from.
 *
 * @module
 */
import { environments, type EnvName } from "../envs/mod.ts";
import { budgets } from "../experiments/budgets.ts";
import { type Cell, DEFAULTS, type Setting, settingPath } from "../experiments/cell.ts";
import { gridOf } from "../experiments/grid.ts";
import { loopOf } from "../experiments/shared_hyperparameters.ts";
import { studies, type StudyName } from "../experiments/studies.ts";
import type { MeasureTable } from "./analysis/measures.ts";
import {
  type CellKind,
  cellName,
  type CellScore,
  type Compared,
  kindOfCell,
} from "./cell_score.ts";

/** Numbers logged in one iteration, by name. */
export type Logged = Readonly<Record<string, unknown>>;

/** A published run. */
export interface Run {
  readonly cell: Cell;
  readonly score: CellScore;
  /** What the run met where it diverged. */
  readonly divergence: string | null;
  /** One entry per iteration. */
  readonly logs: readonly Logged[];
}

/** The published runs of a study in one setting. */
export interface StudyEvidence {
  readonly study: StudyName;
  readonly setting: Setting;
  readonly runs: readonly Run[];
  /** What its analysis measured on the trained networks. */
  readonly measures: readonly MeasureTable[];
}

/** Studies by name; absent ones have no published runs. */
export type Evidence = Readonly<Partial<Record<StudyName, StudyEvidence>>>;

/** What a study without results would be run with. */
export const WANTED: Setting = { ...DEFAULTS, budget: "short" };

/** Every study in the order in which it is reported. */
export const STUDIES = Object.keys(studies) as StudyName[];

/** A study's scores; none where it is absent. */
export const scoresOf = (evidence: StudyEvidence | undefined): CellScore[] =>
  evidence?.runs.map(({ score }) => score) ?? [];

/** Every cell of a study once, run or not. */
export const plannedCells = (study: StudyName): CellKind[] =>
  gridOf(studies[study], WANTED, { seeds: [0] }).map(kindOfCell);

/** The comparisons of a study, run or not. */
export const plannedComparisons = (study: StudyName): Compared[] =>
  [...Map.groupBy(plannedCells(study), cellName).values()].map(([first]) => first);

/** How many seeds a budget has, from 0 on. */
const plannedSeeds = ({ profile, budget }: Setting): number => budgets[profile][budget].seeds;

/** How many of some runs, of which the seeds are given, have one of the budget's, and how many a further one. */
export function countRuns(setting: Setting, seeds: readonly number[]) {
  const planned = seeds.filter((seed) => seed < plannedSeeds(setting)).length;
  return { planned, further: seeds.length - planned };
}

/** How many runs the study has when it is complete. */
export const plannedRuns = (study: StudyName, setting: Setting): number =>
  gridOf(studies[study], setting, { seeds: [0] }).length * plannedSeeds(setting);

/** Iterations from one evaluation to the next. */
export const evaluationEvery = (env: string, { profile, fidelity }: Setting): number =>
  loopOf(environments[env as EnvName].spec, profile, fidelity).valFreq;

/** The folder of a study's table below `results/`. */
export const tablePath = ({ study, setting }: Pick<StudyEvidence, "study" | "setting">): string =>
  `${study}/${settingPath(setting)}`;

const flagsOf = ({ profile, budget }: Setting): string =>
  `${profile === "compact" ? "" : ` --profile ${profile}`} --budget ${budget}`;

/** The command that makes a study's results. */
export const reproduceCommand = (study: StudyName, setting: Setting): string =>
  `deno task reproduce:${study}${flagsOf(setting)}`;

/**
 * The command that replays runs to the end and compares every byte.
 *
 * @param only `hopper/dppo` for both arms, `hopper/dppo-adapg` for one; absent for all cells, and for what was measured
 *   on their networks
 * @param seed absent for all seeds
 */
export function auditCommand(
  { study, setting }: Pick<StudyEvidence, "study" | "setting">,
  only?: string,
  seed?: number,
): string {
  const cells = only === undefined ? "" : ` --only ${only}`;
  const name = study === "table1" ? "" : ` --study ${study}`;
  const one = seed === undefined ? "" : ` --seed ${seed}`;
  return `deno task audit${name}${flagsOf(setting)}${cells}${one} --all`;
}
