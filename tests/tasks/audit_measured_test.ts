import { assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";
import { DEFAULTS } from "../../src/experiments/cell.ts";
import { sha256 } from "../../src/provenance/digest.ts";
import { verdictOf } from "../../src/report/audit.ts";
import { modulesResource, publishAnalysis } from "../../tasks/analysis/analysis.ts";
import { analyses } from "../../tasks/analysis/analyses.ts";
import { trainedCells } from "../../tasks/analysis/trained_cells.ts";
import { auditTable, type Scope } from "../../tasks/audit/audit_table.ts";
import { measuredAgain } from "../../tasks/audit/measured_again.ts";
import { publishedCells } from "../../tasks/audit/published_cell.ts";
import { readText, remove, write } from "../../tasks/io.ts";
import { ANALYSIS, ANALYSIS_MANIFEST } from "../../tasks/study/analysis_file.ts";
import { publishTable } from "../../tasks/study/publish.ts";
import { AuditLab } from "./audit_lab.ts";

const NAME = { study: "epsilon", setting: DEFAULTS } as const, EPSILON = analyses.epsilon!;

/** A lab whose ADAPG cell is published as one of the study of ε, with its analysis. */
function measuredLab(): AuditLab {
  const lab = new AuditLab(), { table, plan, work } = lab.subject();
  remove(join(table, "cells/hopper/dppo-adamw"));
  const trained = trainedCells(table, publishedCells(table, NAME), plan, work);
  publishAnalysis(EPSILON, table, NAME, trained, () => {});
  publishTable(table, NAME);
  return lab;
}

/** What an audit says of the analysis, what it finds where it measures it again, and its status. */
function measuredIn(lab: AuditLab) {
  const scope = { from: 0, all: false }, subject = { ...lab.subject(), name: NAME };
  const audit = auditTable(subject, scope, () => 0), { analysis } = audit.facts;
  const faults = audit.checks.find(({ name }) => name === "measured")?.faults.join("\n");
  return [analysis, faults, verdictOf(audit).status];
}

/** What is wrong with an analysis after damage. */
function faultsAfter(damage: (lab: AuditLab) => void): string {
  using lab = measuredLab();
  damage(lab);
  const [, faults, status] = measuredIn(lab);
  assertEquals(status, 2);
  return String(faults);
}

/** Replaces an analysis and all that vouches for it, so that nothing but measuring can tell. */
function forge(lab: AuditLab, change: (text: string) => string): void {
  const { table } = lab.subject();
  const [path, statement] = [ANALYSIS, ANALYSIS_MANIFEST].map((file) => join(table, file));
  const honest = readText(path), forged = change(honest);
  write(path, forged);
  write(statement, readText(statement).replace(sha256(honest), sha256(forged)));
  publishTable(table, NAME);
}

Deno.test("audit measures an analysis again that takes seconds, whichever code made it", () => {
  using lab = measuredLab();
  const said = "measured again on 1 of 1 cells";
  assertEquals(measuredIn(lab), [`made by this code; ${said}`, "", 0]);
  const path = join(lab.subject().table, ANALYSIS_MANIFEST);
  const { sha256: ours } = modulesResource(EPSILON.module).digest;
  write(path, readText(path).replace(ours, "0".repeat(64)));
  assertEquals(measuredIn(lab), [`made by earlier code; ${said}`, "", 0]);
});

Deno.test("audit finds a measured number that was replaced together with its manifest and table", () => {
  const faults = faultsAfter((lab) =>
    forge(lab, (text) => text.replace(/"headroom": [^,]+/, '"headroom": 0.5'))
  );
  assertMatch(faults, /^analysis\.json: findings\.0\.monitors\.headroom: 0\.5 ≠ [\d.]+$/);
});

Deno.test("audit finds a finding that was removed, and values that are written otherwise", () => {
  const removed = faultsAfter((lab) =>
    forge(lab, (text) => JSON.stringify({ ...JSON.parse(text), findings: [] }))
  );
  assertMatch(removed, /^analysis\.json: findings\.0: absent ≠ \{"arm":"adapg".*…$/);
  const rewritten = faultsAfter((lab) => forge(lab, (text) => JSON.stringify(JSON.parse(text))));
  assertEquals(rewritten, "analysis.json: its values are written otherwise");
});

Deno.test("audit says of how many cells it lacks the trained networks", () => {
  using lab = measuredLab();
  remove(lab.subject().work);
  const why = "of 1 of 1 cells no network trained by this code is kept here";
  assertEquals(measuredIn(lab), [`made by this code; not measured again: ${why}`, undefined, 0]);
});

Deno.test("audit names a corrupt network and a manifest that says too little to measure by", () => {
  const corrupt = faultsAfter((lab) => {
    remove(join(lab.subject().work, lab.planned("adamw").id));
    lab.flip(lab.find("/blobs/"));
  });
  assertMatch(corrupt, /blobs\/[0-9a-f]{64} is corrupt/);
  const silent = faultsAfter((lab) => {
    const path = join(lab.subject().table, ANALYSIS_MANIFEST);
    write(path, readText(path).replace('"leftOut"', '"left"'));
  });
  assertMatch(silent, /analysis-manifest\.json: .*leftOut: Invalid/);
});

Deno.test("audit leaves an analysis that runs episodes to audits of everything", () => {
  using lab = measuredLab();
  const subject = { ...lab.subject(), name: NAME }, analysis = { ...EPSILON, simulates: true };
  const saidOf = (scope: Scope) => measuredAgain(subject, analysis, scope, () => {}).said;
  const left = "not measured again: --all does, without --only and --seed";
  assertEquals(saidOf({ from: 0, all: false }), left);
  assertEquals(saidOf({ from: 0, all: true, seed: 0 }), left);
  assertEquals(saidOf({ from: 0, all: true }), "measured again on 1 of 1 cells");
});
