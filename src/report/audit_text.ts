/**
 * An audit as text for a terminal.
 *
 * @module
 */
import { type Audit, type Check, type Replay, verdictOf } from "./audit.ts";
import type { AuditTrace, TraceLine } from "./audit_trace.ts";

const MOST_FAULTS = 12;

/** One line per kind of evidence, faults below the line they belong to, the verdict last. */
export function auditText(audit: Audit): string {
  return [
    `audit ${audit.title}`,
    ...Object.entries(audit.facts).map(([name, fact]) => line(name, fact)),
    ...audit.checks.flatMap(checkLines),
    ...audit.replays.flatMap(replayLines),
    `verdict        ${verdictOf(audit).text}   ${audit.seconds.toFixed(0)} s`,
  ].join("\n");
}

const line = (name: string, text: string): string => `  ${name.padEnd(13)}${text}`;

function checkLines({ name, claim, passed, total, faults }: Check): string[] {
  const end = faults.length === 0 ? "ok" : "FAILED";
  return [
    line(name, `${claim} ${passed}/${total}   ${end}`),
    ...faults.slice(0, MOST_FAULTS).map((fault) => line("", fault)),
    ...(faults.length > MOST_FAULTS ? [line("", `and ${faults.length - MOST_FAULTS} more`)] : []),
  ];
}

const OUTCOMES = { equal: "ok", statistical: "STATISTICAL ONLY", different: "DIVERGED" } as const;

function replayLines(replay: Replay): string[] {
  const { cell, from, to, iterations, scored, outcome, recorded, found } = replay;
  const range = to < from ? [] : [`iterations ${from}–${to} of ${iterations}`];
  const parts = [...range, ...(scored ? ["scores"] : [])].join(" and ");
  const sign = recorded === found ? "=" : "≠";
  const digests = `${shortDigest(recorded)} ${sign} ${shortDigest(found)}`;
  const seconds = `${replay.seconds.toFixed(1)} s`;
  return [
    line("replay", `${cell}   ${parts}   ${digests}   ${OUTCOMES[outcome]}   ${seconds}`),
    ...replay.difference.map((text) => line("", text)),
    ...(replay.trace === undefined ? [] : traceLines(replay.trace)),
  ];
}

/** Every line that has a record, and every leaf; what passed within is counted and left to `--json`. */
function traceLines({ cell, iteration, lines, notes }: AuditTrace): string[] {
  const within = lines.filter(isWithin), shown = lines.filter((l) => !isWithin(l));
  const count = (stream: string) => within.filter((l) => l.stream === stream).length;
  return [
    line("trace", `${cell}   iteration ${iteration}`),
    ...notes.map((note) => line("", note)),
    line("", `${count("act")} digests of what the policy saw and did, ${count("update")} of`),
    line("", "gradients and states of updates, none of them recorded; --json prints them"),
    ...shown.map((l) => line("", `${l.stream.padEnd(9)}${l.item.padEnd(44)} ${sides(l)}`)),
  ];
}

const isWithin = ({ stream }: TraceLine): boolean => stream === "act" || stream === "update";

const sides = ({ recorded, found }: TraceLine): string =>
  recorded === null
    ? `not recorded alone, ${shortDigest(found)}`
    : `${shortDigest(recorded)} ${recorded === found ? "=" : "≠"} ${shortDigest(found)}`;

/** The beginning of a digest, enough to tell two apart by eye. */
export const shortDigest = (digest: string): string =>
  /^[0-9a-f]{13,}$/.test(digest) ? `${digest.slice(0, 8)}…` : digest;
