/**
 * The command lines of `reproduce:table1` and the other studies.
 *
 * @module
 */
import { join, normalize } from "@std/path";
import { BUDGETS, budgets, PROFILES } from "../../src/experiments/budgets.ts";
import { DEFAULTS, type Setting } from "../../src/experiments/cell.ts";
import type { BlasOptions } from "../../src/adapters/blas_library.ts";
import { studies, type StudyName } from "../../src/experiments/studies.ts";
import {
  countOf,
  flagFault,
  NUMERICS_OPTIONS,
  numericsOf,
  oneOf,
  VARIATION_OPTIONS,
  variationOf,
} from "../flag_checks.ts";
import { flagValues, HELP_OPTION, usageOf } from "../flag_values.ts";

/** What was asked for. */
export interface Flags {
  readonly study: StudyName;
  readonly setting: Setting;
  readonly seeds: readonly number[];
  /** Absent for every cell. */
  readonly only?: readonly string[];
  readonly jobs: number;
  readonly rolloutWorkers: number;
  /** Absent unless `numerics` is "blas". */
  readonly blas?: BlasOptions;
  /** Folder of the study's tables. */
  readonly out: string;
  /** A pre-trained policy to start from; absent for the committed ones. */
  readonly pretrained?: string;
  /** Run no cell that this very code has already published, here or in another study. */
  readonly skipPublished: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

const OPTIONS = {
  profile: { type: "string", default: DEFAULTS.profile },
  budget: { type: "string", default: DEFAULTS.budget },
  seeds: { type: "string" },
  only: { type: "string" },
  ...VARIATION_OPTIONS,
  ...NUMERICS_OPTIONS,
  jobs: { type: "string", default: String(Math.min(8, navigator.hardwareConcurrency)) },
  "rollout-workers": { type: "string", default: "1" },
  out: { type: "string" },
  pretrained: { type: "string" },
  "skip-published": { type: "boolean", default: false },
  "dry-run": { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  ...HELP_OPTION,
} as const;

/**
 * Reads the flags.
 *
 * @throws {Error} when a flag or its value is not known, naming what is allowed
 */
export function parseFlags([name, ...args]: readonly string[]): Flags {
  const study = oneOf("study", Object.keys(studies) as StudyName[], name);
  const values = parsed(study, args);
  const profile = oneOf("profile", PROFILES, values.profile);
  const budget = oneOf("budget", BUDGETS, values.budget);
  const { numerics, blas } = numericsOf(values), { fidelity, omega } = variationOf(values);
  const special = omega !== DEFAULTS.omega ? "--omega" : blas && "--numerics blas";
  if (study !== "table1" && special !== undefined) {
    throw new Error(`Cannot read flags: ${special} belongs to table1, found it for ${study}`);
  }
  const { seeds } = budgets[profile][budget];
  return {
    study,
    setting: { profile, budget, numerics, fidelity, omega },
    seeds: values.seeds === undefined ? range(0, seeds - 1) : seedsOf(values.seeds),
    only: values.only?.split(","),
    jobs: countOf("jobs", values.jobs),
    rolloutWorkers: countOf("rollout-workers", values["rollout-workers"]),
    blas,
    out: folderBelowResults(values.out ?? `results/${study}`),
    pretrained: values.pretrained,
    skipPublished: values["skip-published"],
    dryRun: values["dry-run"],
    json: values.json,
    help: values.help,
  };
}

const parsed = (study: StudyName, args: readonly string[]) =>
  flagValues(args, OPTIONS, usageOf(`reproduce:${study}`));

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

function seedsOf(text: string): number[] {
  const seeds = text.split(",").flatMap((part) => {
    const [, first, last = first] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(part) ?? [];
    const isRange = first !== undefined && Number(first) <= Number(last) &&
      Number(last) - Number(first) < 1000;
    return isRange ? range(Number(first), Number(last)) : [NaN];
  });
  const good = seeds.every((seed) => !Number.isNaN(seed)) && new Set(seeds).size === seeds.length;
  if (!good) throw flagFault("seeds", "distinct integers like 0,1,5 or 0-4", text);
  return seeds;
}

/** Tasks may write below results/ only. */
function folderBelowResults(text: string): string {
  const path = normalize(text);
  if (path.startsWith("results/") && path !== "results/") return join(path);
  throw flagFault("out", "a folder below results/", text);
}
