import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { join } from "@std/path";
import type { Cell } from "../../src/experiments/cell.ts";
import { sha256 } from "../../src/provenance/digest.ts";
import { type Audit, verdictOf } from "../../src/report/audit.ts";
import { auditText } from "../../src/report/audit_text.ts";
import { checkLibraries } from "../../tasks/audit/libraries.ts";
import { publishedCells } from "../../tasks/audit/published_cell.ts";
import { textFaults } from "../../tasks/audit/tables.ts";
import { adopt } from "../../tasks/study/adopt.ts";
import { folderOf } from "../../tasks/study/published.ts";
import { AuditLab } from "./audit_lab.ts";

const ADAMW = "table/cells/hopper/dppo-adamw/seed-0";
const ADAMW_ONLY = { only: ["hopper/dppo-adamw"] };

const faultsOf = (audit: Audit, name: string): string =>
  audit.checks.find((check) => check.name === name)!.faults.join("\n");

/** Damages a lab and returns the audit, which must end with status 2. */
function auditAfter(damage: (lab: AuditLab) => void): Audit {
  using lab = new AuditLab();
  damage(lab);
  const audit = lab.audit();
  assertEquals(verdictOf(audit).status, 2, auditText(audit));
  return audit;
}

Deno.test("audit proves an untouched table bit for bit, scores included", () => {
  using lab = new AuditLab();
  const audit = lab.audit(), text = auditText(audit);
  assertEquals(verdictOf(audit).status, 0, text);
  assertEquals(audit.replays.map(({ scored, to }) => [scored, to]), [[true, 8], [true, 8]]);
  assertMatch(text, /made 2\/2 of the cells/);
  assertMatch(text, /verdict +BITWISE: 2 of 2 replays equal, scores included/);
});

Deno.test("audit of a long table replays the iterations of a smoke run and says so", () => {
  using lab = new AuditLab();
  const audit = lab.audit({ all: false, only: ["hopper/dppo-adapg"] });
  assertEquals(audit.replays.map(({ scored, from }) => [scored, from]), [[false, 0]]);
  assertMatch(verdictOf(audit).text, /BITWISE: 1 of 1 .* 1 of them only in their first iterations/);
});

Deno.test("audit names a flipped bit in a score", () => {
  const audit = auditAfter((lab) => lab.flip(`${ADAMW}/scores.json`, /\d\.\d+/));
  assertMatch(
    faultsOf(audit, "cells"),
    /hopper\/dppo-adamw\/seed-0: scores.json must be [0-9a-f]{64}/,
  );
  assertMatch(faultsOf(audit, "table"), /manifest.json: line 1/);
});

Deno.test("audit names a flipped bit in the score that the table shows", () => {
  const audit = auditAfter((lab) => lab.flip(`${ADAMW}/scores.json`, /\d+,?\s+\},\s+"metric"/));
  assertMatch(faultsOf(audit, "table"), /table.json: line \d+ is .*, scores give/);
});

Deno.test("audit names a flipped bit in a digest", () => {
  const audit = auditAfter((lab) => lab.flip(`${ADAMW}/digests.jsonl`, /(?<="rollout":")[0-9]/));
  assertMatch(faultsOf(audit, "cells"), /dppo-adamw\/seed-0: digests.jsonl must be/);
});

Deno.test("audit names the pair whose first rollouts differ", () => {
  const audit = auditAfter((lab) => {
    const path = join(lab.root, ADAMW, "digests.jsonl");
    const zeros = `"rollout":"${"0".repeat(64)}"`;
    Deno.writeTextFileSync(path, Deno.readTextFileSync(path).replace(/"rollout":"[^"]*"/, zeros));
  });
  assertMatch(faultsOf(audit, "pairs"), /rollouts of iteration 0 differ, 0{64} ≠ [0-9a-f]{64}/);
});

Deno.test("audit names a seed that one arm of a comparison lacks, and not an arm without any", () => {
  const audit = auditAfter((lab) => {
    const { table } = lab.subject(), [cell] = publishedCells(table, lab.subject().name);
    adopt(folderOf(table, cell), table, { ...lab.planned("adamw"), cell: { ...cell, seed: 1 } });
  });
  const fault = "hopper/dppo-adapg/seed-1 is missing, other arms have this seed";
  assertEquals(faultsOf(audit, "pairs"), fault);
  using lab = new AuditLab();
  Deno.removeSync(join(lab.root, ADAMW), { recursive: true });
  assertEquals(faultsOf(lab.audit(), "pairs"), "");
});

Deno.test("audit names a flipped bit in a fixture and in a committed checkpoint", () => {
  const golden = auditAfter((lab) => lab.flip("fixtures/golden/rng.json", /(?<=1)797259609/));
  assertMatch(faultsOf(golden, "fixtures"), /golden\/rng.json must be [0-9a-f]{64}, found/);
  assertMatch(faultsOf(golden, "rng"), /threefry2x32\(0,0, 0,0\): must be/);
  const policy = auditAfter((lab) => lab.flip("fixtures/checkpoints/hopper/compact.safetensors"));
  assertMatch(faultsOf(policy, "fixtures"), /checkpoints\/hopper\/compact.safetensors must be/);
  assertMatch(faultsOf(policy, "cells"), /made from another fixtures\/checkpoints/);
});

Deno.test("audit names a flipped bit in a kept checkpoint", () => {
  const array = auditAfter((lab) => lab.flip(lab.find("/blobs/")));
  assertMatch(faultsOf(array, "checkpoints"), /work\/[0-9a-f]{64}\/blobs\/[0-9a-f]{64} is corrupt/);
  const tree = auditAfter((lab) => lab.flip(lab.find("progress.json"), /(?<="iteration":)8/));
  assertMatch(faultsOf(tree, "checkpoints"), /progress.json is corrupt/);
});

Deno.test("audit names a flipped bit in a manifest and in a table", () => {
  const parameters = auditAfter((lab) => lab.flip(`${ADAMW}/manifest.json`, /(?<="eps":)1/));
  assertMatch(faultsOf(parameters, "cells"), /hyperparameters.optimizer.eps: 0?e?.* ≠ 1e-8/);
  for (const name of ["table.md", "table.csv", "table.json", "manifest.json"]) {
    const audit = auditAfter((lab) => lab.flip(`table/${name}`));
    assertMatch(faultsOf(audit, "table"), new RegExp(`^${name}: line`));
  }
});

Deno.test("audit names a line that was added to the end of a table, an empty one too", () => {
  assertEquals(textFaults("table.md", "a\nb\n\n", "a\nb\n"), [
    'table.md: line 4 is "", scores give absent',
  ]);
  assertEquals(textFaults("table.md", "a\n", "a\nb\n"), [
    'table.md: line 2 is "", scores give "b"',
  ]);
});

Deno.test("audit names files that are no longer legible", () => {
  for (
    const [path, pattern] of [["manifest.json", /predicate"/], [
      "scores.json",
      /pretrained/,
    ]] as const
  ) {
    const audit = auditAfter((lab) => lab.flip(`${ADAMW}/${path}`, pattern));
    assertMatch(faultsOf(audit, "cells"), new RegExp(`${path}(: predicate: Invalid| must be)`));
  }
  const golden = auditAfter((lab) => lab.flip("fixtures/golden/rng.json", /{/));
  assertMatch(faultsOf(golden, "rng"), /golden\/rng.json: not JSON/);
});

Deno.test("audit names files that are missing or that no manifest covers", () => {
  const audit = auditAfter((lab) => {
    Deno.removeSync(join(lab.root, ADAMW, "metrics.jsonl"));
    Deno.writeTextFileSync(join(lab.root, ADAMW, "extra.json"), "{}");
  });
  assertMatch(faultsOf(audit, "cells"), /extra.json is not in the manifest/);
  assertMatch(faultsOf(audit, "cells"), /metrics.jsonl is missing/);
});

Deno.test("audit names a native library that is not the one that made a cell", () => {
  using lab = new AuditLab();
  const { table, name, plan } = lab.subject(), [cell] = publishedCells(table, name);
  assertEquals(checkLibraries(table, [cell], plan).faults, []);
  const libraries = { "OpenBLAS 1 Haswell, 1 thread": sha256("") };
  const withLibrary = (cell: Cell) => ({
    ...plan(cell),
    modules: { files: {}, packages: {}, libraries },
  });
  assertMatch(
    checkLibraries(table, [cell], withLibrary).faults[0],
    /^hopper\/dppo-adamw\/seed-0: made with none, found OpenBLAS 1 Haswell, 1 thread; --blas-library/,
  );
});

const lastLineAgain = (text: string): string => text + text.split("\n").at(-2) + "\n";

Deno.test("audit finds a digest that was replaced together with its manifest", () => {
  using lab = new AuditLab();
  lab.falsify(ADAMW, "digests.jsonl", (text) => {
    const lines = text.split("\n");
    lines[3] = lines[3].replace(/"state":"[^"]*"/, `"state":"${"0".repeat(64)}"`);
    return lines.join("\n");
  });
  const audit = lab.audit(ADAMW_ONLY);
  assertEquals(verdictOf(audit).status, 1);
  assertEquals(audit.replays[0].difference[0], "first difference: iteration 3, state");
});

Deno.test("audit finds a number of the log that was replaced together with its manifest", () => {
  using lab = new AuditLab();
  lab.falsify(
    ADAMW,
    "metrics.jsonl",
    (text) => text.replaceAll(/"slope":[^,}]+/g, '"slope":0.125'),
  );
  const audit = lab.audit(ADAMW_ONLY), [{ difference }] = audit.replays;
  assertEquals(verdictOf(audit).status, 1);
  assertMatch(difference[0], /^first difference: iteration 1, metrics; metric slope 0.125 ≠ \S+$/);
});

Deno.test("audit finds iterations that were recorded and never run", () => {
  using lab = new AuditLab();
  lab.falsify(ADAMW, "digests.jsonl", lastLineAgain);
  lab.falsify(ADAMW, "metrics.jsonl", lastLineAgain);
  const [{ difference }] = lab.audit(ADAMW_ONLY).replays;
  assertEquals(difference[0], "first difference: 10 iterations are recorded, the run has 9");
});

Deno.test("audit locates another number to iteration, stream, leaf and distance", () => {
  using lab = new AuditLab();
  const audit = lab.audit({ only: ["hopper/dppo-adamw"] }, 2 ** -20);
  const [{ outcome, difference }] = audit.replays;
  assertEquals([outcome, verdictOf(audit).status], ["statistical", 1]);
  assertMatch(difference[0], /^first difference: iteration 0, rollout; metric \w+ \S+ ≠ \S+$/);
  assertMatch(
    difference[1],
    /^checkpoint of iteration 8: state\S*\.\w+ weight\[0\]: \S+ ≠ \S+, \d+ ulps?, \d of 2 values differ$/,
  );
  assertMatch(difference[2], /^interval of the score \[.*\] overlaps \[.*\]$/);
});

Deno.test("audit calls scores whose intervals do not overlap diverged", () => {
  using lab = new AuditLab();
  const audit = lab.audit({ only: ["hopper/dppo-adamw"] }, 50);
  assertEquals([audit.replays[0].outcome, verdictOf(audit).status], ["different", 2]);
});

Deno.test("audit goes on from the kept checkpoint and refuses any other iteration", () => {
  using lab = new AuditLab();
  const audit = lab.audit({ from: 9 });
  assertEquals(verdictOf(audit).status, 0, auditText(audit));
  assertThrows(
    () => lab.audit({ from: 4 }),
    Error,
    "it needs the checkpoint of iteration 3, found that of iteration 8",
  );
});
