/**
 * The audit of one table.
 *
 * @module
 */
import { join } from "@std/path";
import { type Cell, cellPath } from "../../src/experiments/cell.ts";
import { cellLoop } from "../../src/experiments/open_cell.ts";
import type { Note, TraceEvent } from "../../src/experiments/analysis/traced_trial.ts";
import { type Checkpoint, runCell, type Trial } from "../../src/experiments/run_cell.ts";
import type { SealedCheckpoint } from "../../src/experiments/sealed_checkpoint.ts";
import { sha256 } from "../../src/provenance/digest.ts";
import type { Audit, Replay } from "../../src/report/audit.ts";
import { type AuditTrace, auditTrace } from "../../src/report/audit_trace.ts";
import { counted } from "../../src/report/numbers.ts";
import { readBytes } from "../io.ts";
import type { PlanCell } from "../study/plan.ts";
import type { TableName } from "../study/table_files.ts";
import { folderOf } from "../study/published.ts";
import { auditAnalysis } from "./analyses.ts";
import { checkCheckpoints, keptCheckpoint, resumeAt } from "./checkpoints.ts";
import { factsOf } from "./facts.ts";
import { checkFixtures, checkRandomBits } from "./inputs.ts";
import { checkLibraries } from "./libraries.ts";
import { checkManifests } from "./manifests.ts";
import type { Recorded } from "./parting.ts";
import {
  digestsOf,
  isLegible,
  metricsOf,
  publishedCells,
  scoresOf,
  type Selection,
} from "./published_cell.ts";
import { replay } from "./replay.ts";
import { checkScores } from "./scores.ts";
import { checkPairs, checkTable } from "./tables.ts";

/** Cells that an audit replays unless asked for all. */
const SAMPLE = 2;

/** Where things are and how cells are run. */
export interface Subject {
  /** Folder of the table. */
  readonly table: string;
  readonly name: TableName;
  /** Folder of the fixtures. */
  readonly fixtures: string;
  /** Folder of kept checkpoints. */
  readonly work: string;
  readonly plan: PlanCell;
  trialOf(cell: Cell): Trial<unknown, unknown>;
  /** The same trial, which notes what passes. */
  tracedTrialOf(cell: Cell, note: Note): Trial<unknown, unknown>;
}

/** What to replay. */
export interface Scope extends Selection {
  readonly from: number;
  readonly all: boolean;
  /** Look at the first iteration that differs, or at the one named, in detail. */
  readonly trace?: boolean;
  readonly at?: number;
}

/** Told of each part before it begins; returns the seconds since the audit began. */
export type Clock = (part: string) => number;

/** Checks inputs, files and table, and replays cells. */
export function auditTable(subject: Subject, scope: Scope, clock: Clock): Audit {
  const { table, name, fixtures, work, plan } = subject;
  const cells = publishedCells(table, name, scope);
  const legible = cells.filter((cell) => isLegible(folderOf(table, cell)));
  const replayed = (scope.all ? cells : sampleOf(table, cells)).filter((c) => legible.includes(c));
  clock("checking fixtures, manifests and table");
  const analysis = auditAnalysis(subject, scope, (text) => void clock(text));
  const checks = [
    checkFixtures(fixtures),
    checkRandomBits(fixtures),
    checkManifests(table, cells, plan),
    checkScores(table, cells, plan),
    ...(name.setting.numerics === "blas" ? [checkLibraries(table, legible, plan)] : []),
    checkPairs(table, publishedCells(table, name), cells),
    checkTable(table, name),
    ...analysis.checks,
    checkCheckpoints(work, table, replayed),
  ];
  const sound = replayed.filter((cell) => isSound(subject, cell));
  if (scope.at !== undefined) requireRecorded(table, sound, scope.at);
  const replays = sound.map((cell, i) => {
    const start = clock(`replaying ${cellPath(cell)}, ${i + 1} of ${sound.length}`);
    const outcome = replayCell(subject, cell, scope);
    return { ...outcome, seconds: clock("") - start };
  });
  const { study, setting: { profile, budget, numerics } } = name;
  return {
    title: `${study}   profile ${profile}   budget ${budget}   numerics ${numerics}   ` +
      counted(cells.length, "cell"),
    setting: { profile, budget },
    facts: { ...factsOf(table, name, legible, plan), ...analysis.facts },
    checks,
    replays,
    seconds: clock(""),
  };
}

/**
 * A cell with corrupt inputs or records, or made with another library, has been named by a check; it cannot be
 * compared with itself.
 */
const isSound = ({ table, plan, work }: Subject, cell: Cell): boolean =>
  [
    checkManifests(table, [cell], plan),
    checkLibraries(table, [cell], plan),
    checkCheckpoints(work, table, [cell]),
  ].every(({ faults }) => faults.length === 0);

/** An iteration that no record has would be waited for in vain. */
function requireRecorded(table: string, cells: readonly Cell[], iteration: number): void {
  for (const cell of cells) {
    const { length } = digestsOf(folderOf(table, cell));
    if (iteration < length) continue;
    throw new Error(
      `Cannot trace iteration ${iteration} of ${cellPath(cell)}: its last is ${length - 1}`,
    );
  }
}

/** Cells in an order that the table's own digest decides, so that whoever made the table cannot choose them. */
function sampleOf(table: string, cells: readonly Cell[]): Cell[] {
  const digest = sha256(readBytes(join(table, "table.json")));
  const rank = new Map(cells.map((cell) => [cell, sha256(`${digest} ${cellPath(cell)}`)]));
  return cells.toSorted((a, b) => rank.get(a)! < rank.get(b)! ? -1 : 1).slice(0, SAMPLE);
}

function replayCell(
  subject: Subject,
  cell: Cell,
  { from, all, trace, at }: Scope,
): Omit<Replay, "seconds"> {
  const { table, work, trialOf } = subject;
  const folder = folderOf(table, cell), checkpoint = keptCheckpoint(work, table, cell);
  const recorded: Recorded = {
    digests: digestsOf(folder),
    metrics: metricsOf(folder),
    scores: scoresOf(folder),
    checkpoint,
  };
  const resume = resumeAt(checkpoint, from, cell);
  const sample = from + cellLoop({ ...cell, budget: "smoke" }).iterations - 1;
  const to = all ? Infinity : Math.max(sample, at ?? 0);
  const magnify = trace ? { at, look: magnifierOf(subject, cell, recorded) } : undefined;
  return { cell: cellPath(cell), ...replay(trialOf(cell), recorded, { to, resume, magnify }) };
}

/** Runs an iteration again, twice, noting all that passes. */
const magnifierOf =
  ({ tracedTrialOf }: Subject, cell: Cell, recorded: Recorded) =>
  (before: Checkpoint<unknown> | undefined, sealed: SealedCheckpoint): AuditTrace => {
    const { iteration } = sealed, { digests, metrics, checkpoint } = recorded;
    const [events, again] = [0, 1].map(() => {
      const noted: TraceEvent[] = [];
      runCell(tracedTrialOf(cell, (event) => noted.push(event)), before).next();
      return noted;
    });
    return auditTrace({ cell: cellPath(cell), sealed, events, again }, {
      digests: digests[iteration],
      metrics: metrics[iteration],
      checkpoint: checkpoint?.iteration === iteration ? checkpoint : undefined,
    });
  };
