import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { mujocoEngines } from "../../src/adapters/mujoco_engines.ts";
import { openTraced, type TraceEvent } from "../../src/experiments/analysis/traced_trial.ts";
import { type Cell, DEFAULTS } from "../../src/experiments/cell.ts";
import { openCell, pretrainedPath } from "../../src/experiments/open_cell.ts";
import { type Checkpoint, runCell, type Trial } from "../../src/experiments/run_cell.ts";
import { seal } from "../../src/experiments/sealed_checkpoint.ts";
import { auditText } from "../../src/report/audit_text.ts";
import { type AuditTrace, comparedWith } from "../../src/report/audit_trace.ts";
import type { Doubles } from "../../src/tensor/tensor.ts";
import type { Scope } from "../../tasks/audit/audit_table.ts";
import { readBytes } from "../../tasks/io.ts";
import { runTask } from "../run_deno.ts";
import { AuditLab } from "./audit_lab.ts";

const ADAMW_ONLY = { only: ["hopper/dppo-adamw"] };

/** A lab's trace of the AdamW cell. */
function traceOf(lab: AuditLab, scope: Partial<Scope> = {}, noise = 0): AuditTrace {
  const audit = lab.audit({ ...ADAMW_ONLY, trace: true, ...scope }, noise);
  return audit.replays[0].trace!;
}

const different = ({ lines }: AuditTrace): string[] =>
  lines.filter(({ recorded, found }) => recorded !== null && recorded !== found)
    .map(({ stream, item }) => `${stream} ${item}`);

Deno.test("trace names the leaf where the checkpoint of the iteration is kept", () => {
  using lab = new AuditLab();
  lab.forge("adamw");
  const audit = lab.audit({ ...ADAMW_ONLY, trace: true }), [{ difference, trace }] = audit.replays;
  assertEquals(difference[0], "first difference: iteration 8, state");
  assertMatch(difference[1], /policy\.theta weight\[1\]: .*, 1 of 2 values differ$/);
  assertEquals(different(trace!), ["state policy.theta weight", "state whole"]);
  assertEquals(trace!.notes, [
    "run twice here: every digest the same",
    "first differing leaf of the state: policy.theta weight",
  ]);
  assertMatch(auditText(audit), /state +policy\.theta weight +[0-9a-f]{8}… ≠ [0-9a-f]{8}…/);
});

Deno.test("trace says what cannot be named where only digests were recorded", () => {
  using lab = new AuditLab();
  const trace = traceOf(lab, {}, 2 ** -20);
  assertEquals([trace.iteration, different(trace)[0]], [0, "rollout whole"]);
  assertMatch(
    trace.notes[1],
    /^differing streams: rollout.*; the leaf cannot be named: no checkpoint/,
  );
  assertMatch(trace.notes[2], /--against FILE$/);
});

Deno.test("trace of an iteration that is equal notes updates leaf by leaf", () => {
  using lab = new AuditLab();
  const trace = traceOf(lab, { at: 5 }), updates = trace.lines.filter((l) => l.stream === "update");
  assertEquals([trace.iteration, different(trace)], [5, []]);
  assertEquals(updates.map(({ item }) => item), [
    "0, policy, gradient weight",
    "0, policy, theta weight",
    "0, policy, m weight",
    "0, policy, v weight",
  ]);
  assertEquals(trace.notes[1], "nothing that was recorded of this iteration differs");
});

Deno.test("trace reaches the iteration asked for though the run parts from its record before", () => {
  using lab = new AuditLab();
  const scope = { ...ADAMW_ONLY, trace: true, at: 5, all: false };
  const [{ to, scored, difference, trace }] = lab.audit(scope, 2 ** -20).replays;
  assertMatch(difference[0], /^first difference: iteration 0, rollout/);
  assertEquals([to, scored, trace?.iteration], [5, false, 5]);
});

Deno.test("comparedWith() locates iteration, update and leaf in another machine's trace", () => {
  using lab = new AuditLab();
  const trace = traceOf(lab, { at: 5 });
  assertMatch(comparedWith(trace, trace).notes[0], /is the same$/);
  const lines = trace.lines.map((line) =>
    line.item === "0, policy, gradient weight" ? { ...line, found: "0" } : line
  );
  assertEquals(
    comparedWith(trace, { ...trace, lines }).notes[0],
    "parts from the other machine's trace at iteration 5, update 0, policy, gradient weight",
  );
  assertThrows(() => comparedWith(trace, { ...trace, iteration: 6 }), RangeError, "must be of");
});

Deno.test("a traced trial runs as the trial itself", () => {
  const cell: Cell = {
    ...DEFAULTS,
    env: "hopper",
    method: "idql",
    optimizer: "adapg",
    variant: { trains: "actor" },
    seed: 0,
  };
  const trial = tinySteps(openCell(cell, readBytes(pretrainedPath(cell)), mujocoEngines));
  const events: TraceEvent[] = [];
  const traced = tinySteps(
    openTraced(cell, readBytes(pretrainedPath(cell)), mujocoEngines, (e) => events.push(e)),
  );
  const digests = [trial, traced].map((t) => {
    const run = runCell(t);
    run.next();
    return seal(run.next().value as Checkpoint<unknown>).digests;
  });
  assertEquals(digests[1], digests[0]);
  assertEquals(new Set(events.map(({ stream }) => stream)).size, 3);
});

/** The trial with rollouts of a few chunks. */
const tinySteps = (trial: Trial<unknown, Doubles>): Trial<unknown, Doubles> => ({
  ...trial,
  loop: { ...trial.loop, nSteps: 13, curveEpisodes: 1 },
});

Deno.test("audit refuses to trace an iteration that no replay reaches, before it replays", () => {
  using lab = new AuditLab();
  assertThrows(
    () => traceOf(lab, { at: 9 }),
    Error,
    "Cannot trace iteration 9 of hopper/dppo-adamw/seed-0: its last is 8",
  );
});

Deno.test("audit refuses a file without a trace to compare with, before it replays", async () => {
  const { code, error } = await runTask("audit", "--trace", "--against", "deno.json");
  assertEquals(
    [code, error],
    [2, "error: Cannot compare: deno.json holds no trace; --trace --at I --json makes one\n"],
  );
});

Deno.test("audit refuses a damaged trace to compare with, naming the place, before it replays", async () => {
  const folder = Deno.makeTempDirSync(), file = join(folder, "trace.json");
  const line = { stream: "rollout", item: "whole", found: 5, recorded: null };
  const trace = { cell: "hopper/dppo-adamw/seed-0", iteration: 0, notes: [], lines: [line] };
  Deno.writeTextFileSync(file, JSON.stringify({ replays: [{ trace }] }));
  const { code, error } = await runTask("audit", "--trace", "--against", file);
  Deno.removeSync(folder, { recursive: true });
  assertEquals(code, 2);
  assertMatch(error, /^error: Cannot read .*trace.json: replays.0.trace.lines.0.found: .*\n$/);
});
