/**
 * What an audit looked at, what it found and the verdict that follows.
 *
 * @module
 */

import type { Setting } from "../experiments/cell.ts";
import type { AuditTrace } from "./audit_trace.ts";

/** One kind of evidence: how many items hold, and what does not, each fault named. */
export interface Check {
  readonly name: string;
  /** What holds, as a sentence fragment that goes before the counts. */
  readonly claim: string;
  readonly passed: number;
  readonly total: number;
  readonly faults: readonly string[];
}

/** A cell run again. */
export interface Replay {
  readonly cell: string;
  /** First and last iteration that was compared, and how many the cell has. */
  readonly from: number;
  readonly to: number;
  readonly iterations: number;
  /** Whether the run went on to the final evaluation and its scores were compared. */
  readonly scored: boolean;
  /** `statistical`: bytes differ, but the intervals of the scores overlap. */
  readonly outcome: "equal" | "statistical" | "different";
  /** Digests of the first difference, or of the last iteration compared. */
  readonly recorded: string;
  readonly found: string;
  /** Where the first difference lies and what it is. */
  readonly difference: readonly string[];
  /** The iteration in which it lies, in detail, where that was asked for. */
  readonly trace?: AuditTrace;
  readonly seconds: number;
}

/** All that an audit found. */
export interface Audit {
  readonly title: string;
  /** Which table of its study. */
  readonly setting: Pick<Setting, "profile" | "budget">;
  /** Facts that are neither right nor wrong, by name. */
  readonly facts: Readonly<Record<string, string>>;
  readonly checks: readonly Check[];
  readonly replays: readonly Replay[];
  readonly seconds: number;
}

/** What an audit proves; `status` is the exit status of the task. */
export interface AuditVerdict {
  readonly status: 0 | 1 | 2;
  readonly text: string;
}

/** Bitwise (0), statistical only (1), or diverged or corrupt (2). */
export function verdictOf({ checks, replays }: Audit): AuditVerdict {
  const failed = checks.filter(({ faults }) => faults.length > 0).map(({ name }) => name);
  const count = (outcome: Replay["outcome"]) => replays.filter((r) => r.outcome === outcome).length;
  const equal = `${count("equal")} of ${replays.length} replays equal`;
  if (failed.length > 0) return { status: 2, text: `FAILED: ${failed.join(", ")}; ${equal}` };
  if (count("different") > 0) return { status: 2, text: `DIVERGED: ${equal}` };
  if (count("statistical") > 0) {
    return { status: 1, text: `STATISTICAL ONLY: ${equal}; intervals of the others overlap` };
  }
  const partial = replays.filter((replay) => !replay.scored).length;
  const limit = partial === 0
    ? "scores included"
    : `${partial} of them only in their first iterations, which --all replays to the end`;
  return { status: 0, text: `BITWISE: ${equal}, ${limit}` };
}
