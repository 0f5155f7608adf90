/**
 * Checks published tables and replays a sample of their cells.
 *
 * Usage: deno task audit --help
 *
 * @module
 */
import type { BlasOptions } from "../src/adapters/blas_library.ts";
import { mujocoEngines } from "../src/adapters/mujoco_engines.ts";
import { DEFAULTS } from "../src/experiments/cell.ts";
import { openTraced } from "../src/experiments/analysis/traced_trial.ts";
import { openCell } from "../src/experiments/open_cell.ts";
import { type Audit, type Check, type Replay, verdictOf } from "../src/report/audit.ts";
import { auditText } from "../src/report/audit_text.ts";
import { type AuditTrace, comparedWith } from "../src/report/audit_trace.ts";
import { auditTable, type Clock, type Subject } from "./audit/audit_table.ts";
import { checkClaims, decidesClaims } from "./audit/claims.ts";
import { type Flags, HELP, parseFlags } from "./audit/flags.ts";
import { tracesIn } from "./audit/other_trace.ts";
import { type Target, targetsOf } from "./audit/targets.ts";
import { fixtureDigests } from "./fixtures.ts";
import { main } from "./main.ts";
import { WORK } from "./study/cell_store.ts";
import { planner } from "./study/plan.ts";
import type { TableName } from "./study/table_files.ts";

/** An audit that could not be made proves nothing. */
const CANNOT = 2;

const RESULTS = "results";

main(() => run(parseFlags(Deno.args)), CANNOT);

async function run(flags: Flags): Promise<number> {
  if (flags.help) {
    console.log(HELP);
    return 0;
  }
  const several = flags.studies.length > 1, targets = targetsOf(flags);
  const others = flags.against === undefined ? undefined : tracesIn(flags.against);
  if (flags.blas !== undefined) await useBlas(flags.blas);
  const claims = claimsOf(targets);
  const audits = targets.map((target) => {
    const found = auditOf(target, flags, others);
    const checks = [...found.checks, ...decidesClaims(target, RESULTS) ? claims : []];
    const audit = { ...found, checks };
    if (!flags.json) report(audit, target, flags);
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

/** The verdicts judged again, once for all tables that they may rest on; none where they rest on none. */
function claimsOf(targets: readonly Target[]): readonly Check[] {
  const deciding = targets.find((target) => decidesClaims(target, RESULTS));
  return deciding === undefined ? [] : [checkClaims(RESULTS, deciding.name.setting.profile)];
}

/** @param others with what to compare traces, if anything */
function auditOf(target: Target, flags: Flags, others: readonly AuditTrace[] | undefined): Audit {
  const { only } = target;
  const found = auditTable(subjectOf(target, flags), { ...flags, only }, stopwatch());
  return {
    ...found,
    facts: { ...found.facts, here: machine(), access: access() },
    replays: found.replays.map((replay) => compared(replay, others)),
  };
}

function subjectOf({ name, table }: Target, flags: Flags): Subject {
  const plan = planner(fixtureDigests(), flags);
  return {
    table,
    name,
    fixtures: "fixtures",
    work: WORK,
    plan,
    trialOf: (cell) => openCell(cell, plan(cell).pretrained, mujocoEngines),
    tracedTrialOf: (cell, note) => openTraced(cell, plan(cell).pretrained, mujocoEngines, note),
  };
}

/** A replay whose trace is compared with another machine's, if there is one of the same cell. */
function compared(replay: Replay, others: readonly AuditTrace[] | undefined): Replay {
  if (others === undefined || replay.trace === undefined) return replay;
  const other = others.find(({ cell }) => cell === replay.cell);
  if (other === undefined) {
    throw new Error(`Cannot compare: --against holds no trace of ${replay.cell}`);
  }
  return { ...replay, trace: comparedWith(replay.trace, other) };
}

/** Says on a terminal what is going on. */
function stopwatch(): Clock {
  const start = performance.now();
  return (part) => {
    if (part !== "" && Deno.stderr.isTerminal()) console.error(part);
    return (performance.now() - start) / 1000;
  };
}

/** What runs this audit; on what a table was made its manifests do not say. */
function machine(): string {
  return `deno ${Deno.version.deno}  ${Deno.build.target}`;
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

function report(audit: Audit, { name }: Target, flags: Flags): void {
  console.log(auditText(audit));
  const first = audit.replays.find(({ outcome }) => outcome !== "equal");
  if (first === undefined) return;
  const [env, arm, seed] = first.cell.split("/");
  const cell = `--only ${env}/${arm} --seed ${seed.replace("seed-", "")}`;
  const [flag, why] = flags.trace
    ? ["--all", "to the end, comparing the scores"]
    : ["--trace", "which streams and leaves differ"];
  const task = flags.numerics === "strict" ? "audit" : "audit:blas";
  console.log(
    `next           deno task ${task} ${tableFlags(name, flags)} ${cell} ${flag}   (${why})`,
  );
}

/** The flags that name a table; settings left at their defaults are silent. */
function tableFlags({ study, setting }: TableName, flags: Flags): string {
  const { profile, budget, fidelity, omega } = setting;
  const unusual = {
    ...(fidelity === DEFAULTS.fidelity ? {} : { fidelity }),
    ...(omega === DEFAULTS.omega ? {} : { omega }),
    ...(flags.pretrained === undefined ? {} : { pretrained: flags.pretrained }),
    ...(flags.in === undefined ? {} : { in: flags.in }),
  };
  return Object.entries({ study, profile, budget, ...unusual })
    .map(([flag, value]) => `--${flag} ${value}`).join(" ");
}
