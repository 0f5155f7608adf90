/**
 * One iteration under the magnifying glass: digests of all that passed beside what was recorded of it.
 *
 * @module
 */
import type { TraceEvent } from "../experiments/analysis/traced_trial.ts";
import type { IterationDigests, SealedCheckpoint } from "../experiments/sealed_checkpoint.ts";
import type { Json } from "../provenance/strict_json.ts";
import type { Side } from "./audit_difference.ts";
import { leafDigests } from "./state_leaves.ts";

/** A digest, or a number of the log, and what was recorded in its place. */
export interface TraceLine {
  /** `act`, `rollout`, `update`, `metrics` or `state`. */
  readonly stream: string;
  readonly item: string;
  readonly found: string;
  /** Null where nothing was recorded of this item alone. */
  readonly recorded: string | null;
}

/** An iteration of a cell in detail. */
export interface AuditTrace {
  readonly cell: string;
  readonly iteration: number;
  /** In the order of the run. */
  readonly lines: readonly TraceLine[];
  /** What the lines show and what they cannot. */
  readonly notes: readonly string[];
}

/** What is known of the iteration from elsewhere. */
export interface TraceRecord {
  readonly digests?: IterationDigests;
  readonly metrics?: Json;
  /** The checkpoint that is kept of this very iteration, if it is. */
  readonly checkpoint?: Side;
}

/** An iteration that was run twice here. */
export interface TracedRun {
  readonly cell: string;
  readonly sealed: SealedCheckpoint;
  readonly events: readonly TraceEvent[];
  readonly again: readonly TraceEvent[];
}

/** Puts what was found beside what was recorded. */
export function auditTrace(
  { cell, sealed, events, again }: TracedRun,
  record: TraceRecord,
): AuditTrace {
  const { iteration } = sealed;
  const lines: readonly TraceLine[] = [
    ...events.map(lineOf),
    whole("rollout", record.digests?.rollout, sealed.digests.rollout),
    ...metricLines(record.metrics, sealed.metrics),
    ...stateLines(sealed, record.checkpoint),
    whole("state", record.digests?.state, sealed.digests.state),
  ];
  const twice = firstParting(events.map(lineOf), again.map(lineOf));
  const notes = [
    twice === undefined
      ? "run twice here: every digest the same"
      : `run twice here and NOT the same: first at ${twice}`,
    ...recordNotes(lines, record),
  ];
  return { cell, iteration, lines, notes };
}

const lineOf = ({ stream, item, digest }: TraceEvent): TraceLine => ({
  stream,
  item,
  found: digest,
  recorded: null,
});

const whole = (stream: string, recorded: string | undefined, found: string): TraceLine => ({
  stream,
  item: "whole",
  found,
  recorded: recorded ?? null,
});

function metricLines(recorded: Json | undefined, found: Json): TraceLine[] {
  const was = (recorded ?? {}) as Readonly<Record<string, Json>>;
  return Object.entries(found as Readonly<Record<string, Json>>).map(([name, value]) => ({
    stream: "metrics",
    item: name,
    found: String(value),
    recorded: was[name] === undefined ? null : String(was[name]),
  }));
}

function stateLines({ tree, blobs }: SealedCheckpoint, kept: Side | undefined): TraceLine[] {
  const isState = ([place]: readonly [string, string]) => place.startsWith("state.");
  const was = kept === undefined ? undefined : leafDigests(kept);
  return [...leafDigests({ tree, blob: (digest) => blobs.get(digest)! })].filter(isState)
    .map(([place, digest]) => ({
      stream: "state",
      item: place.slice("state.".length),
      found: digest,
      recorded: was?.get(place) ?? null,
    }));
}

const differs = ({ recorded, found }: TraceLine): boolean =>
  recorded !== null && recorded !== found;

/** What can be named, and how far, given what was recorded. */
function recordNotes(lines: readonly TraceLine[], { checkpoint }: TraceRecord): string[] {
  const parted = lines.filter(differs), whole = parted.filter(({ item }) => item === "whole");
  if (parted.length === 0) return ["nothing that was recorded of this iteration differs"];
  const leaf = lines.find((line) =>
    line.stream === "state" && line.item !== "whole" && differs(line)
  );
  if (leaf !== undefined) return [`first differing leaf of the state: ${leaf.item}`];
  const streams = [...new Set([...whole, ...parted].map(({ stream }) => stream))].join(", ");
  const why = checkpoint === undefined
    ? "no checkpoint of this iteration is kept, and of a whole only its digest was recorded"
    : "the kept checkpoint has the leaves that were found here";
  return [
    `differing streams: ${streams}; the leaf cannot be named: ${why}`,
    "to name update and leaf, compare with the same trace of the machine that made the record: --against FILE",
  ];
}

/** Where two traces of an iteration part; undefined where they do not. */
function firstParting(
  a: readonly TraceLine[],
  b: readonly TraceLine[],
): string | undefined {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]];
    if (x?.stream === y?.stream && x?.item === y?.item && x?.found === y?.found) continue;
    const { stream, item } = x ?? y;
    const same = x?.item === y?.item && x?.stream === y?.stream;
    return `${stream} ${item}${same ? "" : ", which only one of them has"}`;
  }
  return undefined;
}

/**
 * The trace with a note on where it parts from one that another machine made of the same iteration.
 *
 * @throws {RangeError} when that is of another cell or iteration
 */
export function comparedWith(trace: AuditTrace, other: AuditTrace): AuditTrace {
  const name = ({ cell, iteration }: AuditTrace) => `${cell}, iteration ${iteration}`;
  if (name(trace) !== name(other)) {
    throw new RangeError(
      `Cannot compare traces: must be of ${name(trace)}, found ${name(other)}`,
    );
  }
  const parting = firstParting(trace.lines, other.lines);
  const note = parting === undefined
    ? "the other machine's trace is the same"
    : `parts from the other machine's trace at iteration ${trace.iteration}, ${parting}`;
  return { ...trace, notes: [note, ...trace.notes] };
}
