/**
 * Checks a published table and replays a sample of its cells.
 *
 * Usage: deno task audit --help
 *
 * @module
 */
import { join } from "@std/path";
import { mujocoEngines } from "../src/adapters/mujoco_engines.ts";
import { type BudgetName, BUDGETS } from "../src/experiments/budgets.ts";
import { DEFAULTS, settingPath } from "../src/experiments/cell.ts";
import { openCell } from "../src/experiments/open_cell.ts";
import { type Audit, verdictOf } from "../src/report/audit.ts";
import { auditText } from "../src/report/audit_text.ts";
import { auditTable, type Clock } from "./audit/audit_table.ts";
import { type Flags, HELP, parseFlags } from "./audit/flags.ts";
import { fixtureDigests } from "./fixtures.ts";
import { exists } from "./io.ts";
import { main } from "./main.ts";
import { planner } from "./study/plan.ts";

/** An audit that could not be made proves nothing. */
const CANNOT = 2;

main(() => {
  try {
    return run(parseFlags(Deno.args));
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith("Cannot")) throw error;
    console.error(`error: ${error.message}`);
    return CANNOT;
  }
});

function run(flags: Flags): number {
  if (flags.help) {
    console.log(HELP);
    return 0;
  }
  const setting = { ...DEFAULTS, profile: flags.profile, budget: budgetOf(flags) };
  const plan = planner(fixtureDigests());
  const found = auditTable(
    {
      table: join(flags.in, settingPath(setting)),
      name: { study: flags.study, setting },
      fixtures: "fixtures",
      work: ".work/cells",
      plan,
      trialOf: (cell) => openCell(cell, plan(cell).pretrained, mujocoEngines),
    },
    flags,
    stopwatch(),
  );
  const audit = { ...found, facts: { ...found.facts, access: access() } };
  report(audit, flags);
  return verdictOf(audit).status;
}

/** The budget asked for, or the longest that is published. */
function budgetOf({ profile, budget, in: root }: Flags): BudgetName {
  const folder = (name: BudgetName) =>
    join(root, settingPath({ ...DEFAULTS, profile, budget: name }));
  const published = BUDGETS.filter((name) => exists(join(folder(name), "table.json")));
  const chosen = budget ?? published.at(-1);
  if (chosen !== undefined && published.includes(chosen)) return chosen;
  const found = published.length === 0 ? "none" : published.join(", ");
  throw new Error(
    `Cannot audit: no table of profile ${profile}${budget ? ` and budget ${budget}` : ""} in ` +
      `${root}, found ${found}; deno task reproduce:table1 makes one`,
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
  return [`read ${read}`, may("write"), may("net"), may("env"), may("run")].join("  ");
}

function report(audit: Audit, { json }: Flags): void {
  const verdict = verdictOf(audit);
  console.log(json ? JSON.stringify({ ...audit, verdict }, null, 2) : auditText(audit));
  const first = audit.replays.find((replay) => replay.outcome === "different" && !replay.scored);
  if (json || first === undefined) return;
  const [env, arm, seed] = first.cell.split("/");
  console.log(
    `next           deno task audit --only ${env}/${arm} --seed ${
      seed.replace("seed-", "")
    } --all` +
      "   (to the end, comparing the scores)",
  );
}
