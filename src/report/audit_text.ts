/**
 * An audit as text for a terminal.
 *
 * @module
 */
import { type Audit, type Check, type Replay, verdictOf } from "./audit.ts";

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
  ];
}

/** The beginning of a digest, enough to tell two apart by eye. */
export const shortDigest = (digest: string): string =>
  digest.length > 12 ? `${digest.slice(0, 8)}…` : digest;
