import { assertEquals, assertMatch } from "@std/assert";
import { verdictOf } from "../../src/report/audit.ts";
import { AuditLab } from "./audit_lab.ts";

const ADAMW = "table/cells/hopper/dppo-adamw/seed-0";

/** What is wrong with the scores of a cell after a file and its digest in the manifest were replaced. */
function faultsAfter(file: string, change: (text: string) => string): readonly string[] {
  using lab = new AuditLab();
  lab.falsify(ADAMW, file, change);
  const audit = lab.audit({ all: false });
  assertEquals(verdictOf(audit).status, 2);
  assertEquals(audit.checks.find(({ name }) => name === "cells")!.faults, []);
  return audit.checks.find(({ name }) => name === "scores")!.faults;
}

/** Replaces fields of `scores.json`. */
const faultsOfScores = (change: (scores: Scores) => object): readonly string[] =>
  faultsAfter("scores.json", (text) => {
    const scores = JSON.parse(text);
    return JSON.stringify({ ...scores, ...change(scores) });
  });

interface Scores {
  readonly final: { readonly episodes: readonly unknown[] };
  readonly curve: readonly number[];
}

Deno.test("audit names a score that its episodes do not give", () => {
  for (const policy of ["pretrained", "final"] as const) {
    const [fault, ...others] = faultsOfScores(({ [policy as "final"]: evaluation }) => ({
      [policy]: { ...evaluation, score: 8 },
    }));
    const place = new RegExp(`^hopper/dppo-adamw/seed-0: scores\\.json .*: ${policy}.score: 8 ≠ -`);
    assertMatch(fault, place);
    assertEquals(others, []);
  }
});

Deno.test("audit names a point of the curve that is not the log's", () => {
  const [fault] = faultsOfScores(({ curve }) => ({ curve: [curve[0], 8, ...curve.slice(2)] }));
  assertMatch(fault, /metrics\.jsonl: curve\.1: 8 ≠ -/);
  const [longer] = faultsOfScores(({ curve }) => ({ curve: [...curve, 8] }));
  assertMatch(longer, /metrics\.jsonl: curve\.3: 8 ≠ absent$/);
});

Deno.test("audit names episodes that are fewer than the budget's", () => {
  const faults = faultsOfScores(({ final }) => ({
    final: { ...final, episodes: final.episodes.slice(1) },
  }));
  assertMatch(faults[1], /scores\.json must hold 4 episodes of each policy, found 3$/);
});

Deno.test("audit names a run that has neither ended nor diverged", () => {
  assertMatch(
    faultsOfScores(() => ({ final: null }))[0],
    /scores\.json must hold either final episodes or where the run diverged$/,
  );
});

Deno.test("audit names logs that are too short, out of order or illegible", () => {
  const shorter = (text: string) => text.split("\n").slice(0, -2).join("\n") + "\n";
  const [fault] = faultsAfter("digests.jsonl", shorter);
  assertMatch(fault, /digests\.jsonl must hold 9 iterations, found 8$/);
  const renumbered = (text: string) => text.replace('"iteration":5', '"iteration":50');
  assertMatch(faultsAfter("digests.jsonl", renumbered)[0], /: line 6 is of iteration 50$/);
  assertMatch(faultsAfter("metrics.jsonl", renumbered)[0], /: line 6 is of iteration 50$/);
  const broken = (text: string) => text.replace('"mode":"train"', '"mode":"tain"');
  assertMatch(faultsAfter("metrics.jsonl", broken)[0], /metrics\.jsonl, line 2: mode: Invalid/);
});
