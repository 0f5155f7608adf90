import { assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";
import { DEFAULTS } from "../../src/experiments/cell.ts";
import { sha256 } from "../../src/provenance/digest.ts";
import { manifest } from "../../src/provenance/manifest.ts";
import { verdictOf } from "../../src/report/audit.ts";
import { checkTable } from "../../tasks/audit/tables.ts";
import { readBytes, readText, remove, write } from "../../tasks/io.ts";
import { publishTable } from "../../tasks/study/publish.ts";
import { AuditLab } from "./audit_lab.ts";

const SOURCE = "cells/hopper/dppo-adapg/seed-0/manifest.json";

/** A lab with an analysis of its ADAPG cell. */
function analysedLab(): AuditLab {
  const lab = new AuditLab(), table = join(lab.root, "table");
  const digest = { sha256: sha256(readBytes(join(table, SOURCE))) };
  const outputs = { "analysis.json": sha256("[]") };
  write(join(table, "analysis.json"), "[]");
  write(
    join(table, "analysis-manifest.json"),
    manifest({ outputs, parameters: {}, dependencies: [{ name: SOURCE, digest }] }),
  );
  return lab;
}

/** What an audit says of an analysis after damage. */
function faultsAfter(damage: (table: string, lab: AuditLab) => void): readonly string[] {
  using lab = analysedLab();
  damage(join(lab.root, "table"), lab);
  const audit = lab.audit({ all: false });
  assertEquals(verdictOf(audit).status, 2);
  return audit.checks.find(({ name }) => name === "analyses")!.faults;
}

Deno.test("audit accepts an analysis that is whole, and a table without one", () => {
  using lab = analysedLab();
  assertEquals(verdictOf(lab.audit({ all: false })).status, 0);
  using other = new AuditLab();
  assertEquals(verdictOf(other.audit({ all: false })).status, 0);
});

Deno.test("audit names files of an analysis that are changed, missing or covered by no manifest", () => {
  const changed = faultsAfter((table) => write(join(table, "analysis.json"), "other"));
  assertMatch(changed.join(), /^analysis\.json must be [0-9a-f]{64}, found [0-9a-f]{64}$/);
  assertEquals(faultsAfter((table) => remove(join(table, "analysis.json"))), [
    "analysis.json is missing",
  ]);
  const empty = manifest({ outputs: {}, parameters: {}, dependencies: [] });
  assertEquals(faultsAfter((table) => write(join(table, "analysis-manifest.json"), empty)), [
    "analysis.json is not in analysis-manifest.json",
  ]);
  const [bare] = faultsAfter((table) => remove(join(table, "analysis-manifest.json")));
  assertMatch(bare, /^Cannot read .*\/analysis-manifest\.json: /);
});

Deno.test("audit names a cell that an analysis was made from and that is another now, or gone", () => {
  const [changed] = faultsAfter((_, lab) => lab.flip(`table/${SOURCE}`));
  assertMatch(changed, /^cells\/hopper\/dppo-adapg\/seed-0\/manifest\.json must be/);
  assertEquals(faultsAfter((table) => remove(join(table, SOURCE, ".."))), [`${SOURCE} is missing`]);
});

Deno.test("audit rebuilds what readers see of an analysis from its findings", () => {
  using lab = new AuditLab();
  const { table } = lab.subject(), name = { study: "epsilon", setting: DEFAULTS } as const;
  const findings = join(table, "analysis.json"), text = join(table, "analysis.md");
  write(findings, JSON.stringify({ findings: [], leftOut: ["hopper: it diverged"] }));
  publishTable(table, name);
  assertEquals(checkTable(table, name).faults, []);
  assertMatch(readText(text), /Left out:\n\n- hopper: it diverged/);
  write(text, readText(text).replace("it diverged", "all was well"));
  const { faults: [changed] } = checkTable(table, name);
  assertMatch(
    changed,
    /^analysis\.md: line 5 is "- hopper: all was well", .* "- hopper: it diverged"$/,
  );
  write(findings, JSON.stringify({ findings: [{}], leftOut: [] }));
  const { faults } = checkTable(table, name);
  assertEquals(faults.length, 1);
  assertMatch(faults[0], /analysis\.json: findings\.0/);
});

Deno.test("audit names a file beside a table that is none of its own", () => {
  using lab = new AuditLab();
  write(join(lab.root, "table/table.txt"), "");
  const audit = lab.audit({ all: false });
  const { faults } = audit.checks.find(({ name }) => name === "table")!;
  assertEquals(faults, ["table.txt is no file of a table"]);
});

Deno.test("audit says what it does not compare and how much of the grid is published", () => {
  using lab = new AuditLab();
  write(join(lab.root, "table/figure.svg"), "<svg/>");
  const audit = lab.audit({ all: false }), { grid, figure, analysis } = audit.facts;
  assertEquals(verdictOf(audit).status, 0);
  assertEquals([grid, analysis], ["2 of 72 cells of this budget", undefined]);
  assertMatch(figure, /^figure\.svg is not compared/);
});
