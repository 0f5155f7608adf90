/**
 * The audit of one table.
 *
 * @module
 */
import { join } from "@std/path";
import { type Cell, cellPath } from "../../src/experiments/cell.ts";
import { cellLoop } from "../../src/experiments/open_cell.ts";
import type { Trial } from "../../src/experiments/run_cell.ts";
import { digestOf, sha256 } from "../../src/provenance/digest.ts";
import type { Audit, Replay } from "../../src/report/audit.ts";
import { shortDigest } from "../../src/report/audit_text.ts";
import { readBytes } from "../io.ts";
import type { PlanCell } from "../study/plan.ts";
import type { TableName } from "../study/publish.ts";
import { folderOf } from "../study/published.ts";
import { checkCheckpoints, keptCheckpoint, resumeAt } from "./checkpoints.ts";
import { checkFixtures, checkRandomBits } from "./inputs.ts";
import {
  checkManifests,
  digestsOf,
  isLegible,
  isMadeBy,
  metricsOf,
  publishedCells,
  scoresOf,
  type Selection,
} from "./published_cell.ts";
import { replay } from "./replay.ts";
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
}

/** What to replay. */
export interface Scope extends Selection {
  readonly from: number;
  readonly all: boolean;
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
  const checks = [
    checkFixtures(fixtures),
    checkRandomBits(fixtures),
    checkManifests(table, cells, plan),
    checkPairs(table, cells),
    checkTable(table, name),
    checkCheckpoints(work, table, replayed),
  ];
  const sound = replayed.filter((cell) => isSound(subject, cell));
  const replays = sound.map((cell, i) => {
    const start = clock(`replaying ${cellPath(cell)}, ${i + 1} of ${sound.length}`);
    const outcome = replayCell(subject, cell, scope);
    return { ...outcome, seconds: clock("") - start };
  });
  const { study, setting: { profile, budget, numerics } } = name;
  return {
    title: `${study}   profile ${profile}   budget ${budget}   numerics ${numerics}   ` +
      `${cells.length} cells`,
    facts: { code: codeOf(table, legible, plan) },
    checks,
    replays,
    seconds: clock(""),
  };
}

/** A cell with corrupt inputs or records has been named by a check; it cannot be compared with itself. */
const isSound = ({ table, plan, work }: Subject, cell: Cell): boolean =>
  [checkManifests(table, [cell], plan), checkCheckpoints(work, table, [cell])]
    .every(({ faults }) => faults.length === 0);

/** Cells in an order that the table's own digest decides, so that whoever made the table cannot choose them. */
function sampleOf(table: string, cells: readonly Cell[]): Cell[] {
  const digest = sha256(readBytes(join(table, "table.json")));
  const rank = new Map(cells.map((cell) => [cell, sha256(`${digest} ${cellPath(cell)}`)]));
  return cells.toSorted((a, b) => rank.get(a)! < rank.get(b)! ? -1 : 1).slice(0, SAMPLE);
}

function replayCell(
  { table, work, trialOf }: Subject,
  cell: Cell,
  { from, all }: Scope,
): Omit<Replay, "seconds"> {
  const folder = folderOf(table, cell), checkpoint = keptCheckpoint(work, table, cell);
  const recorded = {
    digests: digestsOf(folder),
    metrics: metricsOf(folder),
    scores: scoresOf(folder),
    checkpoint,
  };
  const resume = resumeAt(checkpoint, from, cell);
  const to = all ? Infinity : from + cellLoop({ ...cell, budget: "smoke" }).iterations - 1;
  return { cell: cellPath(cell), ...replay(trialOf(cell), recorded, { to, resume }) };
}

/** How many cells were made by exactly the code that is here. */
function codeOf(table: string, cells: readonly Cell[], plan: PlanCell): string {
  const made = cells.filter((cell) => isMadeBy(folderOf(table, cell), plan(cell).modules)).length;
  const code = digestOf(cells.map((cell) => plan(cell).modules.files));
  return `modules ${shortDigest(code)}  made ${made}/${cells.length} of the cells`;
}
