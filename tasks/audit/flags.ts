/**
 * The command line of `audit`.
 *
 * @module
 */
import { type BudgetName, BUDGETS, PROFILES } from "../../src/experiments/budgets.ts";
import type { BlasOptions } from "../../src/adapters/blas_library.ts";
import { DEFAULTS, type Setting } from "../../src/experiments/cell.ts";
import { studies, type StudyName } from "../../src/experiments/studies.ts";
import {
  flagFault,
  integerOf,
  NUMERICS_OPTIONS,
  numericsOf,
  oneOf,
  VARIATION_OPTIONS,
  variationOf,
} from "../flag_checks.ts";
import { flagValues, HELP_OPTION, usageOf } from "../flag_values.ts";

/** What was asked for. */
export interface Flags extends Omit<Setting, "budget"> {
  /** One study, or several that are published. */
  readonly studies: readonly StudyName[];
  /** Absent for the longest that is published. */
  readonly budget?: BudgetName;
  /** Absent unless `numerics` is "blas". */
  readonly blas?: BlasOptions;
  /** The policy that the table's cells start from; absent for the committed ones. */
  readonly pretrained?: string;
  /** Absent for every cell. */
  readonly only?: readonly string[];
  /** Absent for every seed. */
  readonly seed?: number;
  /** First iteration to replay; above 0 it needs the checkpoint before it. */
  readonly from: number;
  /** Replay every cell asked for, and all of its iterations. */
  readonly all: boolean;
  /** Look at the first iteration that differs, or at iteration `at`, in detail. */
  readonly trace: boolean;
  readonly at?: number;
  /** The JSON of such an audit from another machine. */
  readonly against?: string;
  /** Folder of the tables; absent for `results/` and the study's name. */
  readonly in?: string;
  readonly json: boolean;
  readonly help: boolean;
}

export const HELP =
  `Check a published table: its inputs, its files and, on a sample, its numbers; where the paper's
claims are judged by it, the verdicts too.

Usage: deno task audit [flags]

  --study NAME               one of those below, or all, every one that is published (table1)
  --profile compact|paper    which table (compact)
  --budget smoke|short|full  which table (the longest that is published)
  --omega N                  which table: what reproduce was given (${DEFAULTS.omega})
  --fidelity reference|corrected  which table: what reproduce was given (reference)
  --pretrained FILE          which table: what reproduce was given, a file below this folder
  --numerics strict|blas     which table; audit:blas may load a library (strict)
  --blas-library PATH        with --numerics blas, the library that the table was made with
                             (OpenBLAS; Accelerate on macOS)
  --blas-threads N           with --numerics blas, threads of each matrix product that the table
                             was made with (1)
  --only ENV[/METHOD[-ARM]]  only these cells, separated by commas: hopper/dppo,lift
  --seed N                   only this seed
  --from I                   replay from iteration I; needs the checkpoint of iteration I − 1 in
                             .work/cells
  --all                      replay every cell to its end, and measure again what the study measured
                             on trained networks, if all are kept in .work/cells; else two cells,
                             of longer ones as many iterations as a smoke run has, and only what is
                             measured without running episodes
  --trace                    where a replay differs, run that iteration again and print the digest
                             of each stream and leaf beside what was recorded
  --at I                     trace iteration I, whether it differs or not
  --against FILE             compare with a trace that --trace --at I --json made on another
                             machine: names the update and the leaf; a file below this folder
  --in results/table1        folder of the tables (results/ and the study's name)
  --json                     print JSON instead of text
  --help                     this text

Studies: ${Object.keys(studies).join(", ")}

Exit status: 0 everything is equal bit for bit; 1 replays differ, but the intervals of their scores
overlap; 2 a replay diverged, a finding or a verdict is another, or a file is corrupt. Reads only;
writes nothing.`;

const OPTIONS = {
  study: { type: "string", default: "table1" },
  profile: { type: "string", default: "compact" },
  budget: { type: "string" },
  ...VARIATION_OPTIONS,
  pretrained: { type: "string" },
  ...NUMERICS_OPTIONS,
  only: { type: "string" },
  seed: { type: "string" },
  from: { type: "string", default: "0" },
  all: { type: "boolean", default: false },
  trace: { type: "boolean", default: false },
  at: { type: "string" },
  against: { type: "string" },
  in: { type: "string" },
  json: { type: "boolean", default: false },
  ...HELP_OPTION,
} as const;

/**
 * Reads the flags.
 *
 * @throws {Error} when a flag or its value is not known, naming what is allowed
 */
export function parseFlags(args: readonly string[]): Flags {
  const values = parsed(args), { study, profile, budget, only, seed, from, at } = values;
  const { trace, against, all, json, help } = values;
  const names = Object.keys(studies) as StudyName[];
  if ((at !== undefined || against !== undefined) && !trace) {
    throw new Error("Cannot read flags: --at and --against need --trace");
  }
  if (at !== undefined && count("at", at) < count("from", from)) {
    throw flagFault("at", `at least --from, ${from}`, at);
  }
  return {
    studies: study === "all" ? names : [oneOf("study", [...names, "all"], study) as StudyName],
    profile: oneOf("profile", PROFILES, profile),
    budget: budget === undefined ? undefined : oneOf("budget", BUDGETS, budget),
    ...variationOf(values),
    pretrained: values.pretrained,
    ...numericsOf(values),
    only: only?.split(","),
    seed: seed === undefined ? undefined : count("seed", seed),
    from: count("from", from),
    all,
    trace,
    at: at === undefined ? undefined : count("at", at),
    against,
    in: values.in,
    json,
    help,
  };
}

const parsed = (args: readonly string[]) => flagValues(args, OPTIONS, usageOf("audit"));

const count = (flag: string, found: string): number => integerOf(flag, found, 0);
