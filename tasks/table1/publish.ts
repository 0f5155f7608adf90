/**
 * Writes cells and tables below `results/`.
 *
 * @module
 */
import { join } from "@std/path";
import { environments } from "../../src/envs/mod.ts";
import { cellJson, cellPath, type Setting, settingPath } from "../../src/experiments/cell.ts";
import { cellScores, type IterationMetrics } from "../../src/experiments/score.ts";
import { canonicalJson } from "../../src/provenance/canonical_json.ts";
import { digestOf, sha256 } from "../../src/provenance/digest.ts";
import { manifest, type Resource } from "../../src/provenance/manifest.ts";
import type { Modules } from "../../src/provenance/modules.ts";
import type { Json } from "../../src/provenance/strict_json.ts";
import { table1, type Table1Row } from "../../src/report/table1.ts";
import { table1Csv, table1Markdown } from "../../src/report/table1_text.ts";
import { writeTogether } from "../io.ts";
import type { Finished } from "./cell_store.ts";
import type { PlannedCell } from "./plan.ts";
import { publishedScores } from "./published.ts";

/** The folder of a table. */
export const tableFolder = (out: string, setting: Setting): string =>
  join(out, settingPath(setting));

/** Writes a cell's scores, digests, metrics and where they came from. */
export function publishCell(
  folder: string,
  { cell, id, hyperparameters, fixtures }: PlannedCell,
  { scores, digests, metrics }: Finished,
  modules: Modules,
): void {
  const { metric } = environments[cell.env].spec;
  const result = cellScores(metric, scores, metrics as unknown as readonly IterationMetrics[]);
  const files = {
    "digests.jsonl": lines(digests as unknown as readonly Json[]),
    "metrics.jsonl": lines(metrics),
    "scores.json": pretty(result),
  };
  const outputs = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, sha256(text)]),
  );
  const parameters = { id, cell: cellJson(cell), hyperparameters, rng: "threefry-2x32" };
  const dependencies = dependenciesOf(modules, fixtures);
  const statement = manifest({ outputs, parameters, dependencies });
  writeTogether(join(folder, "cells", cellPath(cell)), { ...files, "manifest.json": statement });
}

/** Writes the table of all cells published in a folder and returns its rows. */
export function publishTable(folder: string, setting: Setting): Table1Row[] {
  const { rows, files } = tableOf(folder, setting);
  writeTogether(folder, files);
  return rows;
}

/** The table of all cells published in a folder: its rows and its files' texts by name. */
export function tableOf(
  folder: string,
  setting: Setting,
): { readonly rows: Table1Row[]; readonly files: Readonly<Record<string, string>> } {
  const { scores, digests } = publishedScores(folder);
  const rows = table1(scores), { profile, budget } = setting;
  const caption = `# Table I, profile ${profile}, budget ${budget}\n\n` +
    "Score of the last policy over fixed evaluation episodes (mean return, or success rate), mean over seeds with a\n" +
    "95 % t interval where there are two or more. The difference pairs arms by seed; below three seeds the verdict\n" +
    "is inconclusive by rule.";
  const files = {
    "table.csv": table1Csv(rows),
    "table.json": pretty({ setting, rows }),
    "table.md": table1Markdown(rows, caption),
  };
  const outputs = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, sha256(text)]),
  );
  const dependencies = Object.entries(digests).map(([name, digest]) => ({
    name,
    digest: { sha256: digest },
  }));
  const statement = manifest({
    outputs,
    parameters: { table: "table1", setting: { ...setting } },
    dependencies,
  });
  return { rows, files: { ...files, "manifest.json": statement } };
}

/** What a cell's manifest says it was made from. */
export function dependenciesOf(
  { files, packages, libraries = {} }: Modules,
  fixtures: Readonly<Record<string, string>>,
): Resource[] {
  return [
    { name: "modules", digest: { sha256: digestOf(files) } },
    ...Object.entries({ ...fixtures, ...libraries })
      .map(([name, sha256]) => ({ name, digest: { sha256 } })),
    ...Object.entries(packages).map(([name, integrity]) => ({
      name: `pkg:npm/${name}`,
      digest: { sha512: integrity.replace(/^sha512-/, "") },
    })),
  ];
}

/** One value per line. */
const lines = (values: readonly Json[]): string =>
  values.map((v) => `${canonicalJson(v)}\n`).join("");

/** Readable, and the same text for equal values. */
const pretty = (value: unknown): string =>
  `${JSON.stringify(JSON.parse(canonicalJson(value as Json)), null, 2)}\n`;
