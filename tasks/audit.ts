/**
 * Checks published tables and replays a sample of their cells.
 *
 * Usage: deno task audit --help
 *
 * @module
 */
import { join } from "@std/path";
import type { BlasOptions } from "../src/adapters/blas_library.ts";
import { mujocoEngines } from "../src/adapters/mujoco_engines.ts";
import { type BudgetName, BUDGETS } from "../src/experiments/budgets.ts";
import { DEFAULTS, settingPath } from "../src/experiments/cell.ts";
import { openTraced } from "../src/experiments/analysis/traced_trial.ts";
import { openCell } from "../src/experiments/open_cell.ts";
import type { StudyName } from "../src/experiments/studies.ts";
import { type Audit, type Replay, verdictOf } from "../src/report/audit.ts";
import { auditText } from "../src/report/audit_text.ts";
import { comparedWith } from "../src/report/audit_trace.ts";
import { auditTable, type Clock } from "./audit/audit_table.ts";
import { type Flags, HELP, parseFlags } from "./audit/flags.ts";
import { fixtureDigests } from "./fixtures.ts";
import { exists, readJson } from "./io.ts";
import { main } from "./main.ts";
import { WORK } from "./study/cell_store.ts";
import { planner } from "./study/plan.ts";

/** An audit that could not be made proves nothing. */
const CANNOT = 2;

/** Only one study has a task that may load a library. */
const BLAS_MAKER = "reproduce:table1:blas makes that of table1";

main(() => run(parseFlags(Deno.args)), CANNOT);

async function run(flags: Flags): Promise<number> {
  if (flags.help) {
    console.log(HELP);
    return 0;
  }
  const several = flags.studies.length > 1;
  const published = flags.studies.filter((study) => isPublished(flags, study));
  if (published.length === 0) throw nothingPublished(flags, flags.studies[0]);
  const others = flags.against === undefined ? undefined : tracedIn(flags.against);
  if (flags.blas !== undefined) await useBlas(flags.blas);
  const audits = published.map((study) => {
    const audit = auditOf(study, flags, others);
    if (!flags.json) report(audit, study, flags);
    return { ...audit, verdict: verdictOf(audit) };
  });
  if (flags.json) console.log(JSON.stringify(several ? audits : audits[0], null, 2));
  return Math.max(...audits.map(({ verdict }) => verdict.status));
}

/** Strict audits do not load the code of BLAS. */
async function useBlas(options: BlasOptions): Promise<void> {
  const { installBlas } = await import("../src/adapters/blas.ts");
  installBlas(options);
}

/** The replays with a trace in another machine's audit. */
function tracedIn(file: string): readonly Replay[] {
  const { replays } = (readJson(file) ?? {}) as { readonly replays?: unknown };
  const traced = (Array.isArray(replays) ? replays as Replay[] : []).filter(({ trace }) => trace);
  if (traced.length > 0) return traced;
  throw new Error(`Cannot compare: ${file} holds no trace; --trace --at I --json makes one`);
}

/** @param others with what to compare traces, if anything */
function auditOf(study: StudyName, flags: Flags, others: readonly Replay[] | undefined): Audit {
  const { profile, numerics } = flags;
  const setting = { ...DEFAULTS, profile, numerics, budget: budgetOf(flags, study) };
  const plan = planner(fixtureDigests(), { blas: flags.blas });
  const found = auditTable(
    {
      table: join(rootOf(flags, study), settingPath(setting)),
      name: { study, setting },
      fixtures: "fixtures",
      work: WORK,
      plan,
      trialOf: (cell) => openCell(cell, plan(cell).pretrained, mujocoEngines),
      tracedTrialOf: (cell, note) => openTraced(cell, plan(cell).pretrained, mujocoEngines, note),
    },
    flags,
    stopwatch(),
  );
  const facts = { ...found.facts, access: access() };
  return { ...found, facts, replays: found.replays.map((replay) => compared(replay, others)) };
}

/** A replay whose trace is compared with another machine's, if there is one of the same cell. */
function compared(replay: Replay, others: readonly Replay[] | undefined): Replay {
  if (others === undefined || replay.trace === undefined) return replay;
  const other = others.find(({ cell }) => cell === replay.cell)?.trace;
  if (other === undefined) {
    throw new Error(`Cannot compare: --against holds no trace of ${replay.cell}`);
  }
  return { ...replay, trace: comparedWith(replay.trace, other) };
}

function rootOf(flags: Flags, study: StudyName): string {
  return flags.in ?? `results/${study}`;
}

/** Budgets with a table. */
function publishedBudgets(flags: Flags, study: StudyName): readonly BudgetName[] {
  const { profile, numerics } = flags;
  return BUDGETS.filter((budget) => {
    const folder = settingPath({ ...DEFAULTS, profile, numerics, budget });
    return exists(join(rootOf(flags, study), folder, "table.json"));
  });
}

function isPublished(flags: Flags, study: StudyName): boolean {
  const found = publishedBudgets(flags, study);
  return flags.budget === undefined ? found.length > 0 : found.includes(flags.budget);
}

/** The budget asked for, or the longest that is published. */
function budgetOf(flags: Flags, study: StudyName): BudgetName {
  const published = publishedBudgets(flags, study), chosen = flags.budget ?? published.at(-1);
  if (chosen !== undefined && published.includes(chosen)) return chosen;
  throw nothingPublished(flags, study);
}

function nothingPublished(flags: Flags, study: StudyName): Error {
  const { profile, budget, numerics } = flags, published = publishedBudgets(flags, study);
  const found = published.length === 0 ? "none" : published.join(", ");
  return new Error(
    `Cannot audit: no table of numerics ${numerics}, profile ${profile}` +
      `${budget ? ` and budget ${budget}` : ""} in ${rootOf(flags, study)}, found ${found}; ` +
      `deno task ${numerics === "strict" ? `reproduce:${study} makes one` : BLAS_MAKER}`,
  );
}

/** Says on a terminal what is going on. */
function stopwatch(): Clock {
  const start = performance.now();
  return (part) => {
    if (part !== "" && Deno.stderr.isTerminal()) console.error(part);
    return (performance.now() - start) / 1000;
  };
}

/** What this process may do, as Deno says. */
function access(): string {
  const may = (name: "write" | "net" | "env" | "run" | "ffi") =>
    `${name} ${Deno.permissions.querySync({ name }).state === "granted" ? "ALL" : "none"}`;
  const here = Deno.permissions.querySync({ name: "read", path: "." }).state;
  const everywhere = Deno.permissions.querySync({ name: "read" }).state;
  const read = everywhere === "granted" ? "ALL" : here === "granted" ? "this folder" : "parts";
  return [`read ${read}`, may("write"), may("net"), may("env"), may("run"), may("ffi")].join("  ");
}

function report(audit: Audit, study: StudyName, flags: Flags): void {
  console.log(auditText(audit));
  const first = audit.replays.find(({ outcome }) => outcome !== "equal");
  if (first === undefined) return;
  const [env, arm, seed] = first.cell.split("/"), { profile, budget } = audit.setting;
  const cell = `--only ${env}/${arm} --seed ${seed.replace("seed-", "")}`;
  const [flag, why] = flags.trace
    ? ["--all", "to the end, comparing the scores"]
    : ["--trace", "which streams and leaves differ"];
  const task = flags.numerics === "strict" ? "audit" : "audit:blas";
  const table = `--study ${study} --profile ${profile} --budget ${budget}`;
  console.log(`next           deno task ${task} ${table} ${cell} ${flag}   (${why})`);
}
