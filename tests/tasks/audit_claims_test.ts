import { assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";
import { DEFAULTS } from "../../src/experiments/cell.ts";
import { judgedClaims, VERDICTS, verdictsText } from "../../src/report/report.ts";
import { checkClaims, decidesClaims } from "../../tasks/audit/claims.ts";
import { readText, remove, write } from "../../tasks/io.ts";
import { publishedEvidence } from "../../tasks/report/evidence.ts";
import { paperClaims } from "../../tasks/report/files.ts";

const RUNS = "table1/compact-short/cells/hopper/dppo-adamw";

/** Publishes a run of Table I and the verdicts. */
function publish(root: string): void {
  const evaluation = { score: 1, episodes: [{ return: 1, bestReward: 1, steps: 10 }] };
  const scores = { pretrained: evaluation, final: evaluation, diverged: null, curve: [1] };
  const folder = join(root, RUNS, "seed-0");
  write(join(folder, "scores.json"), JSON.stringify({ metric: "return", ...scores }));
  write(join(folder, "metrics.jsonl"), '{"iteration":0,"mode":"evaluate"}\n');
  write(join(folder, "manifest.json"), "{}");
  const evidence = publishedEvidence(root, "compact");
  write(join(root, VERDICTS), verdictsText(evidence, judgedClaims(evidence, paperClaims())));
}

/** What the check of claims says after damage. */
function checkAfter(damage: (root: string) => void) {
  const root = Deno.makeTempDirSync();
  try {
    publish(root);
    damage(root);
    const { claim, faults } = checkClaims(root, "compact");
    return { claim, faults: faults.join("\n") };
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

Deno.test("audit judges the claims again and counts the verdicts", () => {
  assertEquals(checkAfter(() => {}), {
    claim: "0 supported · 0 not supported · 10 inconclusive, judged again to the byte",
    faults: "",
  });
});

Deno.test("audit names a verdict that the results do not give, and verdicts that are missing", () => {
  const { faults } = checkAfter((root) => {
    const path = join(root, VERDICTS);
    write(path, readText(path).replace(": inconclusive", ": supported"));
  });
  assertMatch(
    faults,
    /^claims\.md: line \d+ is ".* Table I\*\*: supported", scores give ".*: inconclusive"$/,
  );
  assertMatch(
    checkAfter((root) => remove(join(root, VERDICTS))).faults,
    /^Cannot read .*claims\.md/,
  );
});

Deno.test("audit names scores that claims cannot be judged by", () => {
  const damaged = checkAfter((root) => write(join(root, RUNS, "seed-0/scores.json"), "{"));
  assertMatch(damaged.faults, /^Cannot read .*scores\.json: not JSON/);
  assertMatch(damaged.claim, /^verdicts, judged again/);
});

Deno.test("audit judges claims with the usual tables of studies that decide one", () => {
  const decides = (table: string, study: "table1" | "idql", setting = DEFAULTS) =>
    decidesClaims({ name: { study, setting }, table }, "results");
  const short = { ...DEFAULTS, budget: "short" } as const;
  assertEquals(decides("results/table1/compact-short", "table1", short), true);
  assertEquals(decides("results/table1/compact-smoke", "table1"), false);
  assertEquals(decides("results/idql/compact-short", "idql", short), false);
  const corrected = { ...short, fidelity: "corrected" } as const;
  assertEquals(decides("results/table1/compact-short-corrected", "table1", corrected), false);
  assertEquals(decides("elsewhere/compact-short", "table1", short), false);
});
